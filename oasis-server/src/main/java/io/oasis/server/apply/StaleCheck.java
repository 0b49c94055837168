package io.oasis.server.apply;

import io.oasis.server.database.Tx;
import io.oasis.server.identity.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares a plan that was saved with what would be done now: it is applied exactly, or not. */
@ApplicationScoped
class StaleCheck {
  private final AuditTrail audit;

  StaleCheck(AuditTrail audit) {
    this.audit = audit;
  }

  /** Why the saved plan cannot be applied; empty: it can, or none was saved. */
  Optional<ApplyOutcome> check(Tx tx, ApplyRequest request, Plan plan) {
    if (request.options().expected().isEmpty()) {
      return Optional.empty();
    }
    ApplyOptions.Expected expected = request.options().expected().get();
    if (!expected.digest().equals(plan.digest())) {
      return Optional.of(new ApplyOutcome.OtherInput());
    }
    Map<String, ApplyOptions.Touched> then = byObject(expected.touched());
    Map<String, ApplyOptions.Touched> now = byObject(plan.touched());
    Set<String> moved = new LinkedHashSet<>(then.keySet());
    moved.addAll(now.keySet());
    moved.removeIf(object -> then.containsKey(object) && then.get(object).equals(now.get(object)));
    if (moved.isEmpty()) {
      return Optional.empty();
    }
    Map<String, AuditTrail.Change> changes = audit.latest(tx, moved);
    List<StaleObject> objects = new ArrayList<>();
    for (String object : moved) {
      objects.add(
          new StaleObject(
              object,
              Optional.ofNullable(then.get(object)).map(ApplyOptions.Touched::action),
              Optional.ofNullable(now.get(object)).map(ApplyOptions.Touched::action),
              Optional.ofNullable(changes.get(object))));
    }
    return Optional.of(new ApplyOutcome.Stale(objects));
  }

  private static Map<String, ApplyOptions.Touched> byObject(List<ApplyOptions.Touched> touched) {
    Map<String, ApplyOptions.Touched> byObject = new LinkedHashMap<>();
    touched.forEach(one -> byObject.put(one.object(), one));
    return byObject;
  }
}
