package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.options.WatchOptions;
import io.oasis.cli.output.Terminal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Shows something once, or again and again. A terminal is drawn anew, in place; a pipe gets what
 * there is and then only what has changed. A lost connection is waited out.
 */
final class Watch {
  /** Cursor to the top left corner. Each line wipes the rest of its own, the end wipes the rest. */
  private static final String HOME = "\u001b[H";

  private static final String CLEAR = "\u001b[2J";
  private static final String WIPE_LINE = "\u001b[K";
  private static final String WIPE_BELOW = "\u001b[J";

  private final Shell shell;
  private final WatchOptions options;
  private final Function<Facts, String> name;

  /**
   * Looks as the options say.
   *
   * @param name tells the items of two looks apart
   */
  Watch(Shell shell, WatchOptions options, Function<Facts, String> name) {
    this.shell = shell;
    this.options = options;
    this.name = name;
  }

  /** How much of what was looked at is to be printed. */
  enum Part {
    /** All of it, as one answer. */
    WHOLE,
    /** Items that have changed since the last look: lines that are added to others. */
    CHANGES
  }

  /** Prints items to a terminal. */
  interface Printer {
    void print(Terminal terminal, List<Facts> items, Part part);
  }

  /** Looks and prints, until the user or the reader of the output has had enough. */
  ExitCode show(Supplier<List<Facts>> look, Printer printer) {
    if (!options.wanted()) {
      printer.print(shell.terminal(), look.get(), Part.WHOLE);
      return ExitCode.OK;
    }
    options.interval();
    boolean redraw = shell.terminal().facts().outputIsTerminal();
    if (redraw) {
      shell.terminal().out().print(CLEAR);
    }
    Reconnect reconnect = new Reconnect(shell);
    BiConsumer<Terminal, List<Facts>> change = changes(printer);
    do {
      List<Facts> items = reconnect.ask(look, Optional.empty());
      if (redraw) {
        draw(shell.terminal().capture(page -> printer.print(page, items, Part.WHOLE)));
      } else {
        change.accept(shell.terminal(), items);
      }
    } while (shell.terminal().flush() && rested());
    return ExitCode.OK;
  }

  private void draw(String page) {
    StringBuilder screen = new StringBuilder(HOME);
    page.lines().forEach(line -> screen.append(line).append(WIPE_LINE).append('\n'));
    shell.terminal().out().print(screen.append(WIPE_BELOW));
  }

  private BiConsumer<Terminal, List<Facts>> changes(Printer printer) {
    Map<String, String> seen = new HashMap<>();
    boolean[] first = {true};
    return (terminal, items) -> {
      List<Facts> changed = new ArrayList<>();
      for (Facts item : items) {
        String now = item.without("heartbeatAt");
        if (!now.equals(seen.put(name.apply(item), now))) {
          changed.add(item);
        }
      }
      if (first[0] || !changed.isEmpty()) {
        printer.print(terminal, changed, first[0] ? Part.WHOLE : Part.CHANGES);
      }
      first[0] = false;
    };
  }

  /** False when the process is being stopped, which is how a watch ends. */
  private boolean rested() {
    try {
      shell.rest(options.interval());
      return true;
    } catch (CliFailure interrupted) {
      return false;
    }
  }
}
