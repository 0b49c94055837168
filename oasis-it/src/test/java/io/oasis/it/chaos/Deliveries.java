package io.oasis.it.chaos;

import io.oasis.it.chaos.Execution.HandOver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/** Holds what the database says of hand-overs against what the executors did. */
final class Deliveries {
  private final Evidence evidence;

  Deliveries(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Finding> doneTwice() {
    var findings = new ArrayList<Finding>();
    var seen = new HashMap<HandOver, Execution>();
    for (var done : evidence.executions()) {
      var before = seen.put(done.who(), done);
      if (before != null) {
        findings.add(
            Finding.of(
                "%s was done twice: on %s at %s and on %s at %s"
                    .formatted(
                        done.who(),
                        before.executor().name(),
                        Instant.ofEpochMilli(before.start()),
                        done.executor().name(),
                        Instant.ofEpochMilli(done.start())),
                done.who().run()));
      }
    }
    return findings;
  }

  List<Finding> tooEarly() {
    var findings = new ArrayList<Finding>();
    for (var done : evidence.executions()) {
      if (done.start() < done.nominal()) {
        findings.add(
            Finding.of(
                done.who() + " started " + (done.nominal() - done.start()) + " ms before its time",
                done.who().run()));
      }
    }
    for (var run : evidence.history().runs()) {
      if (run.dispatched().filter(at -> at.isBefore(run.nominal())).isPresent()) {
        findings.add(Finding.of("run " + run.id() + " was dispatched before its time", run.id()));
      }
    }
    return findings;
  }

  List<Finding> notFinal() {
    return evidence.history().runs().stream()
        .filter(run -> !run.isFinal())
        .map(
            run ->
                Finding.of(
                    "run %d of %s is %s".formatted(run.id(), run.job(), run.state()), run.id()))
        .toList();
  }

  /** A success that no executor has had. */
  List<Finding> successWithoutWork() {
    var ok = new HashSet<HandOver>();
    evidence.executions().stream().filter(Execution::isOk).forEach(e -> ok.add(e.who()));
    var findings = new ArrayList<Finding>();
    for (var run : evidence.history().runs()) {
      var who = new HandOver(run.id(), run.attempt(), run.epoch(), 0);
      if (run.state().equals("SUCCEEDED") && run.members() == 0 && !ok.contains(who)) {
        findings.add(Finding.of(who + " SUCCEEDED, and no executor did it", run.id()));
      }
    }
    for (var part : evidence.history().attempts()) {
      var who = new HandOver(part.run(), part.attempt(), part.epoch(), part.member() - 1);
      if (part.member() > 0 && part.state().equals("SUCCEEDED") && !ok.contains(who)) {
        findings.add(Finding.of(who + " SUCCEEDED, and no executor did it", part.run()));
      }
    }
    return findings;
  }
}
