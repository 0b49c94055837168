package io.oasis.cli.output;

import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.LogTail.Line;

/** Log lines, one a line. */
public final class LogText {
  private final Terminal terminal;
  private final Times times;
  private final OutputFormat format;

  /** Prints in the given format: JSON gives one object a line, every other is for people. */
  public LogText(Terminal terminal, Times times, OutputFormat format) {
    this.terminal = terminal;
    this.times = times;
    this.format = format;
  }

  /** Prints a line. A person's terminal gets no control characters; a file gets all of them. */
  public void print(Line line) {
    if (format == OutputFormat.JSON) {
      terminal.print(JsonText.compact(line.facts().node()));
      return;
    }
    Palette palette = terminal.palette();
    String text = terminal.facts().outputIsTerminal() ? SafeText.line(line.text()) : line.text();
    terminal.print(
        palette.paint(Tone.DIM, line.at().map(times::clockTime).orElse("            "))
            + "  "
            + origin(line)
            + palette.paint(tone(line), text));
  }

  /** Where the line comes from, when that is not the usual place. */
  private static String origin(Line line) {
    StringBuilder origin = new StringBuilder();
    if (line.attempt() > 1) {
      origin.append("attempt ").append(line.attempt()).append("  ");
    }
    if (line.member() > 0) {
      origin.append("member ").append(line.member()).append("  ");
    }
    if (line.stream().equals("SYSTEM")) {
      origin.append("oasis: ");
    }
    return origin.toString();
  }

  private static Tone tone(Line line) {
    return switch (line.stream()) {
      case "STDERR" -> Tone.WARN;
      case "SYSTEM" -> Tone.DIM;
      default -> Tone.PLAIN;
    };
  }
}
