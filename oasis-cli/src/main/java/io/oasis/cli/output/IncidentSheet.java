package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import io.oasis.cli.output.Table.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What goes wrong with jobs, as a list and with all that is known of one. */
public final class IncidentSheet {
  private static final String INDENT = "  ";

  private final Times times;

  /** Times as seen now. */
  public IncidentSheet(Times times) {
    this.times = times;
  }

  /**
   * Incidents.
   *
   * @param wide with every column
   */
  public Table table(List<Facts> incidents, boolean wide) {
    List<String> headings =
        new ArrayList<>(
            List.of("ID", "JOB", "KIND", "STATE", "SINCE", "FAILURES", "LAST RUN", "REASON"));
    if (wide) {
      headings.addAll(List.of("OWNER", "ACKNOWLEDGED BY", "RESOLVED"));
    }
    Table table = new Table(headings);
    for (Facts incident : incidents) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(incident.text("id")));
      row.add(Cell.of(incident.text("job")));
      row.add(Cell.of(incident.text("kind").toLowerCase(Locale.ROOT)));
      row.add(state(incident));
      row.add(Cell.of(incident.instant("openedAt").map(times::relative).orElse("")));
      row.add(Cell.of(incident.text("failures")));
      row.add(Cell.of(incident.text("lastRun")));
      row.add(Cell.of(why(incident)));
      if (wide) {
        row.add(Cell.of(incident.in("owner").text("name")));
        row.add(Cell.of(incident.text("acknowledgedBy")));
        row.add(Cell.of(incident.instant("resolvedAt").map(times::relative).orElse("")));
      }
      table.add(row);
    }
    return table;
  }

  /** One incident with what was said of it. */
  public void print(Terminal terminal, Facts incident) {
    terminal.print(
        terminal
            .palette()
            .paint(
                Tone.STRONG,
                "incident %s  %s"
                    .formatted(
                        incident.text("id"), incident.text("kind").toLowerCase(Locale.ROOT))));
    Table table = new Table(List.of());
    table.addText("job", incident.text("job"));
    table.addText("title", incident.text("jobTitle"));
    table.addText("owner", incident.in("owner").text("name"));
    table.addText("state", incident.text("state").toLowerCase(Locale.ROOT));
    table.addText("since", moment(incident, "openedAt"));
    table.addText("failures", incident.text("failures"));
    table.addText("runs", incident.text("firstRun") + " to " + incident.text("lastRun"));
    table.addText("reason", why(incident));
    table.addText(
        "acknowledged",
        moment(incident, "acknowledgedAt")
            + incident.optional("acknowledgedBy").map(who -> ", by " + who).orElse(""));
    table.addText(
        "resolved",
        moment(incident, "resolvedAt")
            + incident.optional("resolvedRun").map(run -> ", by run " + run).orElse(""));
    table.print(terminal, INDENT);
    if (!incident.list("deliveries").isEmpty()) {
      terminal.print("");
      deliveries(incident.list("deliveries")).print(terminal, INDENT);
    }
  }

  private Table deliveries(List<Facts> deliveries) {
    Table table = new Table(List.of("TOLD", "TO", "STATE", "WHEN", "TRIES", "ERROR"));
    for (Facts delivery : deliveries) {
      Tone tone =
          switch (delivery.text("state")) {
            case "SENT" -> Tone.GOOD;
            case "FAILED" -> Tone.BAD;
            default -> Tone.ACTIVE;
          };
      table.add(
          List.of(
              Cell.of(delivery.text("event").toLowerCase(Locale.ROOT)),
              Cell.of(delivery.text("address")),
              new Cell(delivery.text("state").toLowerCase(Locale.ROOT), tone),
              Cell.of(
                  delivery
                      .instant("sentAt")
                      .or(() -> delivery.instant("nextTryAt"))
                      .or(() -> delivery.instant("createdAt"))
                      .map(times::relative)
                      .orElse("")),
              Cell.of(delivery.text("attempts")),
              Cell.of(delivery.text("error"))));
    }
    return table;
  }

  private static String why(Facts incident) {
    return incident
        .optional("message")
        .orElseGet(() -> incident.text("reason").toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static Cell state(Facts incident) {
    return switch (incident.text("state")) {
      case "OPEN" -> new Cell("✗ open", Tone.BAD);
      case "ACKNOWLEDGED" -> new Cell("● acknowledged", Tone.WARN);
      case "RESOLVED" -> new Cell("✓ resolved", Tone.GOOD);
      default -> Cell.of(incident.text("state"));
    };
  }

  private String moment(Facts facts, String field) {
    return facts.instant(field).map(times::full).orElse("");
  }
}
