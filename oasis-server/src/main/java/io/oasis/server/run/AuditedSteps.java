package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes into the audit trail what a person did to one run, in the same transaction. */
@Singleton
public class AuditedSteps implements LedgerListener {
  private final AuditTrail audit;
  private final JobVersions versions;

  public AuditedSteps(AuditTrail audit, JobVersions versions) {
    this.audit = audit;
    this.versions = versions;
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<Step> byHand = steps.stream().filter(step -> note(step).isPresent()).toList();
    if (!byHand.isEmpty()) {
      Map<JobVersion.Id, JobVersion> known =
          versions.get(tx, byHand.stream().map(s -> s.after().version()).toList());
      audit.writeAll(
          tx, byHand.stream().map(s -> entry(s, known.get(s.after().version()))).toList());
    }
    return () -> {};
  }

  /** What a person did; that a job was disabled or deleted has an entry of its own. */
  private static Optional<Step.Note> note(Step step) {
    if (step.notes().isEmpty()) {
      return Optional.empty();
    }
    return step.notes().stream()
        .filter(n -> !n.who().isEmpty() && action(n.kind()).isPresent())
        .filter(
            n ->
                n.reason().orElse(null) != ReasonCode.JOB_DISABLED
                    && n.reason().orElse(null) != ReasonCode.JOB_DELETED)
        .findFirst();
  }

  private static Optional<String> action(RunEvent event) {
    return switch (event) {
      case KILL_ASKED, CANCELLED -> Optional.of("run.cancel");
      case KILLED -> Optional.of("run.force-end");
      case WAITING -> Optional.of("run.release");
      case CREATED,
          DISPATCHED,
          STARTED,
          REJECTED,
          SUCCEEDED,
          FAILED,
          TIMED_OUT,
          LOST,
          HANDED_BACK,
          RETRY_PLANNED,
          UNCOOPERATIVE,
          SKIPPED,
          COALESCED,
          LATE_RESULT ->
          Optional.empty();
    };
  }

  private static AuditTrail.Entry entry(Step step, JobVersion job) {
    Step.Note note = note(step).orElseThrow();
    Map<String, Object> after = new LinkedHashMap<>();
    after.put("state", step.after().state().name());
    if (!note.detail().isEmpty()) {
      after.put("message", note.detail());
    }
    return new AuditTrail.Entry(
        note.who(),
        action(note.kind()).orElseThrow(),
        object(step.before().id(), job),
        Optional.of(Map.of("state", step.before().state().name())),
        Optional.of(after));
  }

  static String object(long runId, JobVersion job) {
    return "run " + runId + (job == null ? "" : " of " + job.key());
  }
}
