package io.oasis.server.run;

import io.oasis.manifest.JobSpec;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.RunReports.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges reports by the rows that they are about, which are locked for it. */
@ApplicationScoped
class LockedReports {
  private final LedgerStore store;
  private final JobVersions versions;
  private final ReportRules rules;
  private final RunMachine machine;
  private final MemberReports members;

  LockedReports(LedgerStore store, JobVersions versions, Rules rules) {
    this.store = store;
    this.versions = versions;
    this.rules = rules.reports();
    this.machine = rules.machine();
    this.members = rules.members();
  }

  /**
   * What follows from the reports.
   *
   * @param answers is given one for each of them
   */
  List<Step> judge(Tx tx, List<Report> reports, Instant now, Map<Report, Answer> answers) {
    List<Report> ofRuns = reports.stream().filter(r -> r.run().member() == 0).toList();
    List<Report> ofMembers = reports.stream().filter(r -> r.run().member() > 0).toList();
    List<Step> steps = new ArrayList<>(judgeRuns(tx, ofRuns, now, answers));
    steps.addAll(members.judge(tx, ofMembers, now, answers));
    return steps;
  }

  private List<Step> judgeRuns(
      Tx tx, List<Report> reports, Instant now, Map<Report, Answer> answers) {
    if (reports.isEmpty()) {
      return List.of();
    }
    Map<Long, RunRow> runs = new HashMap<>();
    store
        .lock(tx, reports.stream().map(Report::run).toList())
        .forEach(run -> runs.put(run.id(), run));
    Map<JobVersion.Id, JobVersion> specs =
        versions.get(tx, runs.values().stream().map(RunRow::version).toList());
    Map<Long, Step> steps = new LinkedHashMap<>();
    for (Report report : reports) {
      RunRow run = runs.get(report.run().runId());
      if (run == null) {
        // Dropped by retention while the executor was away.
        answers.put(report, Answer.FENCED);
        continue;
      }
      JobSpec spec = JobVersion.specOf(specs.get(run.version()));
      switch (rules.judge(run, report, spec, now)) {
        case ReportRules.Verdict.Moves moves -> {
          steps.merge(run.id(), moves.step(), Step::then);
          runs.put(run.id(), moves.step().after());
          answers.put(report, Answer.COMMITTED);
        }
        case ReportRules.Verdict.Known known -> answers.put(report, Answer.COMMITTED);
        case ReportRules.Verdict.Late late -> {
          store.insertNote(tx, run, note(late.detail()));
          answers.put(report, Answer.FENCED);
        }
      }
    }
    return List.copyOf(steps.values());
  }

  /** Ends the run in the hand-over that a report is about, if it still is in that. */
  List<Step> end(Tx tx, RunHandle handle, Instant now, Ending ending) {
    return store.lock(tx, List.of(handle)).stream()
        .filter(run -> run.state().isOnNode() && run.standing().epoch() == handle.epoch())
        .map(run -> machine.over(run, now, RunEvent.FAILED, ending))
        .toList();
  }

  private static Step.Note note(String detail) {
    return new Step.Note(RunEvent.LATE_RESULT, Optional.empty(), detail, "");
  }
}
