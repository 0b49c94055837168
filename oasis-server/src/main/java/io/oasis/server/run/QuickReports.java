package io.oasis.server.run;

import io.oasis.server.database.Database;
import io.oasis.server.database.Isolation;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.time.DatabaseClock;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Commits the ordinary words about a run, that it has begun and that it went well, without reading
 * its row: this server wrote it last and remembers it. The write names the state and the epoch that
 * it was judged by; where the row has moved on since, nothing is written and the words are judged
 * again on the row itself.
 */
@Singleton
class QuickReports {
  private final Database database;
  private final DatabaseClock clock;
  private final HandedOver handedOver;
  private final Ledger ledger;
  private final JobVersions versions;
  private final ReportRules rules;

  QuickReports(
      Database database,
      DatabaseClock clock,
      HandedOver handedOver,
      Ledger ledger,
      JobVersions versions,
      Rules rules) {
    this.database = database;
    this.clock = clock;
    this.handedOver = handedOver;
    this.ledger = ledger;
    this.versions = versions;
    this.rules = rules.reports();
  }

  /** What was said of one run, in order, and the row to judge it by. */
  private record Said(RunRow run, List<Report> reports) {}

  /**
   * Commits and answers what it can, in a transaction of its own.
   *
   * @return the others, in their order
   */
  List<Report> commit(List<Report> reports) {
    List<Said> known = known(reports);
    if (known.isEmpty()) {
      return reports;
    }
    Ledger.Written written;
    try {
      written = database.call(tx -> write(tx, known));
    } catch (RuntimeException e) {
      if (!Isolation.mayBeAnItems(e)) {
        throw e;
      }
      // Whose fault it is comes out where reports are taken apart.
      return reports;
    }
    written.afterCommit().run();
    Set<Long> done =
        written.steps().stream().map(step -> step.before().id()).collect(Collectors.toSet());
    known.stream()
        .filter(said -> done.contains(said.run().id()))
        .flatMap(said -> said.reports().stream())
        .forEach(report -> report.answer().accept(Answer.COMMITTED));
    return reports.stream().filter(report -> !done.contains(report.run().runId())).toList();
  }

  private List<Said> known(List<Report> reports) {
    Map<Long, List<Report>> byRun = new LinkedHashMap<>();
    for (Report report : reports) {
      byRun.computeIfAbsent(report.run().runId(), id -> new ArrayList<>(2)).add(report);
    }
    List<Said> known = new ArrayList<>();
    byRun.forEach(
        (id, said) -> {
          if (said.stream().allMatch(QuickReports::isOrdinary)) {
            handedOver.find(id).ifPresent(run -> known.add(new Said(run, said)));
          }
        });
    return known;
  }

  private static boolean isOrdinary(Report report) {
    return report.run().member() == 0
        && switch (report) {
          case Report.Accepted accepted -> true;
          case Report.Finished finished ->
              finished.finish().outcome() == RunReports.Outcome.SUCCEEDED;
          case Report.Rejected rejected -> false;
          case Report.Unsent unsent -> false;
        };
  }

  private Ledger.Written write(Tx tx, List<Said> known) {
    Instant now = clock.instant();
    Map<JobVersion.Id, JobVersion> jobs =
        versions.get(tx, known.stream().map(said -> said.run().version()).toList());
    List<Step> steps = new ArrayList<>();
    for (Said said : known) {
      judge(said, jobs.get(said.run().version()), now).ifPresent(steps::add);
    }
    // In the order in which everybody locks runs.
    steps.sort(Comparator.comparingLong(step -> step.before().id()));
    return ledger.writeReported(tx, steps);
  }

  /**
   * Empty when it does not move the run by all that was said: then the row itself has to be read.
   */
  private Optional<Step> judge(Said said, JobVersion job, Instant now) {
    RunRow run = said.run();
    Step whole = null;
    for (Report report : said.reports()) {
      if (!(rules.judge(run, report, JobVersion.specOf(job), now)
          instanceof ReportRules.Verdict.Moves(Step step))) {
        return Optional.empty();
      }
      whole = whole == null ? step : whole.then(step);
      run = step.after();
    }
    return Optional.ofNullable(whole);
  }
}
