package io.oasis.server.apply;

import io.oasis.manifest.FieldChange;
import io.oasis.manifest.SpecForm;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.job.JobDraft;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the audit trail keeps of a plan that is applied; a step without a change leaves no trace.
 */
@ApplicationScoped
class PlanAudit {
  private final AuditTrail trail;

  PlanAudit(AuditTrail trail) {
    this.trail = trail;
  }

  void write(Tx tx, Plan plan, JobDraft.Origin origin) {
    trail.writeAll(
        tx,
        plan.steps().stream()
            .filter(step -> step.action() != PlanStep.Action.UNCHANGED)
            .map(step -> entry(step, origin))
            .toList());
  }

  private static AuditTrail.Entry entry(PlanStep step, JobDraft.Origin origin) {
    return switch (step) {
      case PlanStep.AppStep app -> written(app, "app", SpecForm.toMap(app.wanted()), origin);
      case PlanStep.JobStep job -> written(job, "job", SpecForm.toMap(job.wanted().spec()), origin);
      case PlanStep.AppPrune app ->
          gone(app, "app.prune", SpecForm.toMap(app.before().spec()), origin);
      case PlanStep.JobPrune job ->
          gone(job, "job.prune", SpecForm.toMap(job.before().spec()), origin);
    };
  }

  private static AuditTrail.Entry written(
      PlanStep step, String kind, Map<String, Object> whole, JobDraft.Origin origin) {
    if (step.action() == PlanStep.Action.CREATE) {
      return new AuditTrail.Entry(
          origin.by(), kind + ".create", step.object(), Optional.empty(), Optional.of(whole));
    }
    Map<String, Object> after = side(step.fields(), Side.AFTER);
    origin.reason().ifPresent(reason -> after.put("reason", reason));
    return new AuditTrail.Entry(
        origin.by(),
        kind + "." + verb(step),
        step.object(),
        Optional.of(side(step.fields(), Side.BEFORE)),
        Optional.of(after));
  }

  private static AuditTrail.Entry gone(
      PlanStep step, String action, Map<String, Object> before, JobDraft.Origin origin) {
    return new AuditTrail.Entry(
        origin.by(), action, step.object(), Optional.of(before), Optional.empty());
  }

  private static String verb(PlanStep step) {
    boolean taken =
        step.fields().stream()
            .anyMatch(field -> field.path().equals("source") && Objects.nonNull(field.before()));
    return taken ? "take-over" : "change";
  }

  private enum Side {
    BEFORE,
    AFTER
  }

  /** Only the fields that differ, so that a reader of the audit trail sees the change itself. */
  private static Map<String, Object> side(List<FieldChange> fields, Side side) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (FieldChange field : fields) {
      String value = side == Side.BEFORE ? field.before() : field.after();
      if (value != null) {
        values.put(field.path(), value);
      }
    }
    return values;
  }
}
