package io.oasis.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Words and figures for people (a Markdown table) and for programs (JSON lines). */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Round> rounds;
  private final StringBuilder table = new StringBuilder();

  private Report(List<Round> rounds) {
    this.rounds = rounds;
  }

  /** The table: medians first, then what each round showed. */
  static String markdown(List<Round> rounds) {
    Report report = new Report(rounds);
    report.table.append("| measure | median | rounds |\n|---|---:|---|\n");
    report.burst();
    report.steady();
    report.row("load average", "%.1f", r -> r.steady().load());
    return report.table.toString();
  }

  private void burst() {
    row("burst, as a share of the reference (%)", "%.1f", Round::ratio);
    row("burst, first start to last finish (runs/s)", "%.0f", r -> r.burst().runsPerSecond());
    row("burst, due time to last finish (runs/s)", "%.0f", r -> r.burst().runsPerSecondFromDue());
    row("reference: SQL alone (rows/s)", "%.0f", r -> r.reference().rowsPerSecond());
    row("reference: PostgreSQL's CPU for a row (µs)", "%.0f", r -> r.reference().postgresMicros());
    row("reference: one commit (ms)", "%.2f", r -> r.reference().commitMillis());
    cost("burst", Round::burst);
    lateness("burst", Round::burst);
  }

  private void steady() {
    lateness("steady", Round::steady);
    cost("steady", Round::steady);
  }

  /** Which of a round's measurements a line is about. */
  private interface Part {
    Measurement of(Round round);
  }

  private void cost(String name, Part part) {
    String what = name + ", CPU for a run (µs): ";
    row(what + "server", "%.0f", r -> part.of(r).perRun(part.of(r).cost().server()));
    row(what + "executor", "%.0f", r -> part.of(r).perRun(part.of(r).cost().executor()));
    row(what + "PostgreSQL", "%.0f", r -> part.of(r).perRun(part.of(r).cost().postgres()));
  }

  private void lateness(String name, Part part) {
    String what = name + ", lateness in the handler (ms): ";
    row(what + "p50", "%.1f", r -> part.of(r).lateMicros().at(50) / 1e3);
    row(what + "p90", "%.1f", r -> part.of(r).lateMicros().at(90) / 1e3);
    row(what + "p99", "%.1f", r -> part.of(r).lateMicros().at(99) / 1e3);
    row(what + "max", "%.1f", r -> part.of(r).lateMicros().max() / 1e3);
  }

  private void row(String what, String format, ToDoubleFunction<Round> value) {
    double[] values = rounds.stream().mapToDouble(value).toArray();
    String each =
        rounds.stream()
            .map(round -> text(format, value.applyAsDouble(round)))
            .collect(Collectors.joining(", "));
    table.append("| %s | %s | %s |\n".formatted(what, text(format, Spread.median(values)), each));
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** A line for each measurement. */
  static List<String> jsonLines(Round round) {
    ReferenceLoop.Result reference = round.reference();
    ObjectNode line = JSON.createObjectNode();
    line.put("scenario", "reference").put("round", reference.round());
    line.put("rowsPerSecond", reference.rowsPerSecond());
    line.put("postgresCpuMicrosPerRow", reference.postgresMicros());
    line.put("commitMillis", reference.commitMillis());
    return List.of(line.toString(), json(round.burst()), json(round.steady()));
  }

  private static String json(Measurement measured) {
    ObjectNode line = JSON.createObjectNode();
    line.put("scenario", measured.scenario()).put("round", measured.round());
    line.put("runs", measured.runs());
    line.put("startToFinishSeconds", measured.startToFinishSeconds());
    line.put("dueToFinishSeconds", measured.dueToFinishSeconds());
    line.put("serverCpuMicrosPerRun", measured.perRun(measured.cost().server()));
    line.put("executorCpuMicrosPerRun", measured.perRun(measured.cost().executor()));
    line.put("postgresCpuMicrosPerRun", measured.perRun(measured.cost().postgres()));
    ObjectNode late = line.putObject("lateMicros");
    late.put("p50", measured.lateMicros().at(50)).put("p90", measured.lateMicros().at(90));
    late.put("p99", measured.lateMicros().at(99)).put("max", measured.lateMicros().max());
    line.put("load", measured.load());
    return line.toString();
  }
}
