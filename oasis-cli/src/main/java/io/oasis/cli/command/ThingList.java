package io.oasis.cli.command;

import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.output.AccountText;
import io.oasis.cli.output.AuditText;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.IncidentSheet;
import io.oasis.cli.output.Listings;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.Table;
import io.oasis.cli.output.Terminal;
import io.oasis.cli.output.Times;
import java.util.List;

/** Prints things of one kind in the format that was asked for. */
final class ThingList implements Watch.Printer {
  private final Shell shell;
  private final Kind kind;
  private final OutputFormat format;
  private final boolean withApp;
  private final boolean watched;

  /**
   * Prints lists.
   *
   * @param withApp whether jobs are named with their app
   * @param watched whether more will follow: JSON then is an object a line
   */
  ThingList(Shell shell, Kind kind, OutputFormat format, boolean withApp, boolean watched) {
    this.shell = shell;
    this.kind = kind;
    this.format = format;
    this.withApp = withApp;
    this.watched = watched;
  }

  /** What {@code -o name} prints of one. */
  String name(Facts item) {
    return item.text(kind.nameField());
  }

  @Override
  public void print(Terminal terminal, List<Facts> items, Watch.Part part) {
    boolean whole = part == Watch.Part.WHOLE;
    Runnable forPeople = () -> table(terminal, items, whole);
    if (watched && !terminal.facts().outputIsTerminal()) {
      Documents.append(terminal, format, items, this::name, forPeople);
    } else {
      Documents.printAll(terminal, format, items, this::name, forPeople);
    }
  }

  private void table(Terminal terminal, List<Facts> items, boolean headings) {
    if (items.isEmpty() && !watched) {
      terminal.say(kind == Kind.AUDIT ? "no changes" : "no " + kind.plural());
      return;
    }
    Times times = new Times(shell.clock(), shell.zone());
    Listings listings = new Listings(times, format == OutputFormat.WIDE);
    Table table =
        switch (kind) {
          case JOB -> listings.jobs(items, withApp);
          case APP -> listings.apps(items);
          case NODE -> listings.nodes(items);
          case RUN -> listings.runs(items);
          case TOKEN -> listings.tokens(items);
          case INCIDENT -> new IncidentSheet(times).table(items, format == OutputFormat.WIDE);
          case ACCOUNT -> AccountText.table(items, times, format == OutputFormat.WIDE);
          case AUDIT -> new AuditText(times, format == OutputFormat.WIDE).table(items);
        };
    table.print(terminal, "", headings);
  }
}
