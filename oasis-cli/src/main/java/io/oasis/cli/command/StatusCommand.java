package io.oasis.cli.command;

import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.options.WatchOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.Table;
import io.oasis.cli.output.Terminal;
import io.oasis.cli.output.Times;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how the platform is doing. */
@Command(
    name = "status",
    description = "Show how the platform is doing.",
    footer = {
      "",
      "Examples:",
      "  oasis status",
      "  oasis status --watch",
      "  oasis status -o json"
    })
public final class StatusCommand implements Callable<Integer> {
  @Mixin WatchOptions watch;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public StatusCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OasisClient client = server.client(shell);
    return new Watch(shell, watch, s -> s.text("serverId"))
        .show(
            () -> List.of(client.get("/status")),
            (terminal, statuses, part) ->
                statuses.forEach(status -> print(terminal, client, status)))
        .number();
  }

  private void print(Terminal terminal, OasisClient client, Facts status) {
    Documents.print(
        terminal,
        output.format(),
        status,
        s -> s.text("serverId"),
        () -> sheet(terminal, client, status));
  }

  private void sheet(Terminal terminal, OasisClient client, Facts status) {
    Times times = new Times(shell.clock(), shell.zone());
    terminal.print("Oasis %s at %s".formatted(status.text("version"), client.endpoint().server()));
    Table table = new Table(List.of());
    for (Facts member : status.list("servers")) {
      table.addText(
          "server",
          "%s  %s  %s %s%s"
              .formatted(
                  member.text("id"),
                  member.text("address"),
                  member.flag("alive") ? "up since" : "gone; its lease has ended; it was started",
                  member.instant("startedAt").map(times::full).orElse("?"),
                  member.flag("self") ? "  (this one)" : ""));
    }
    Facts jobs = status.in("jobs");
    table.addText(
        "jobs",
        "%d: %d on, %d off"
            .formatted(jobs.number("total"), jobs.number("enabled"), jobs.number("disabled")));
    Facts runs = status.in("runs");
    table.addText(
        "runs now",
        "%d running, %d queued".formatted(runs.number("running"), runs.number("queued")));
    Facts day = runs.in("last24h");
    table.addText(
        "last 24 h",
        "%d: %d succeeded, %d failed, %d other"
            .formatted(
                day.number("total"),
                day.number("succeeded"),
                day.number("failed"),
                day.number("other")));
    Facts apps = status.in("apps");
    table.addText("apps", "%d of %d online".formatted(apps.number("online"), apps.number("total")));
    Facts nodes = status.in("nodes");
    table.addText(
        "nodes",
        "%d online, %d draining, %d offline"
            .formatted(nodes.number("online"), nodes.number("draining"), nodes.number("offline")));
    table.addText("clock", clock(status.number("databaseClockOffsetMs")));
    table.print(terminal, "  ");
  }

  private static String clock(long offsetMs) {
    return "server and database differ by %d ms".formatted(Math.abs(offsetMs));
  }
}
