package io.oasis.server.alarm;

import io.oasis.server.database.Database;
import io.oasis.server.log.LogLine;
import io.oasis.server.log.LogPosition;
import io.oasis.server.log.RunLogs;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what belongs to something that is to be said. */
@ApplicationScoped
public class NoticeReader {
  private static final int LAST_LINES = 20;

  private final Database database;
  private final OutboxStore outbox;
  private final IncidentStore incidents;
  private final Runs runs;
  private final RunLogs logs;
  private final AlarmConfig config;

  public NoticeReader(
      Database database,
      OutboxStore outbox,
      IncidentStore incidents,
      Runs runs,
      RunLogs logs,
      AlarmConfig config) {
    this.database = database;
    this.outbox = outbox;
    this.incidents = incidents;
    this.runs = runs;
    this.logs = logs;
    this.config = config;
  }

  /** A notice, and how often it was tried. */
  record Waiting(Notice notice, int attempts) {}

  private record Lines(List<OutboxStore.SealedLine> lines, Map<Long, Incident> incidents) {}

  /** What a mail says; empty when it has been said meanwhile. */
  Optional<Waiting> read(long letter) {
    Lines found =
        database.call(
            tx -> {
              List<OutboxStore.SealedLine> lines = outbox.ofLetter(tx, letter);
              Map<Long, Incident> known = new HashMap<>();
              incidents
                  .find(tx, lines.stream().map(OutboxStore.SealedLine::incident).toList())
                  .forEach(incident -> known.put(incident.id(), incident));
              return new Lines(lines, known);
            });
    if (found.lines().isEmpty()) {
      return Optional.empty();
    }
    OutboxStore.SealedLine first = found.lines().get(0);
    boolean alone = found.lines().size() == 1;
    List<Notice.Item> items = new ArrayList<>();
    for (OutboxStore.SealedLine line : found.lines()) {
      items.add(item(line, found.incidents().get(line.incident()), alone));
    }
    Language language = Language.parse(first.language()).orElse(config.defaultLanguage());
    return Optional.of(
        new Waiting(
            new Notice(letter, first.address(), language, List.copyOf(items)), first.attempts()));
  }

  private Notice.Item item(OutboxStore.SealedLine line, Incident incident, boolean alone) {
    Optional<RunView> run = alone ? runs.find(line.run()) : Optional.empty();
    boolean withLog = line.event() != Delivery.Event.RECOVERED;
    return new Notice.Item(
        line.event(),
        incident,
        line.failures(),
        line.createdAt(),
        incident.job().zone().orElse(config.defaultTimeZone()),
        run,
        withLog ? run.map(this::lastLines).orElse(List.of()) : List.of());
  }

  /** Of a broadcast none: its members have a log each. */
  private List<String> lastLines(RunView run) {
    if (run.memberCount() > 0 || run.lastLogSeq() == 0) {
      return List.of();
    }
    LogPosition from =
        new LogPosition(run.attempt(), 0, Math.max(0, run.lastLogSeq() - LAST_LINES));
    return logs.read(run.id(), from, Optional.of(run.attempt()), LAST_LINES)
        .map(page -> page.lines().stream().map(LogLine::text).toList())
        .orElse(List.of());
  }
}
