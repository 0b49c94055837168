package io.oasis.it.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oasis.it.chaos.Execution.HandOver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Is every line that an executor logged there once and in order? */
final class Logs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NUMBERED = "line ";

  /** A process that ends so soon after a handler may not have sent its last lines. */
  private static final long SENDING_MILLIS = 60_000;

  private final Evidence evidence;
  private int lines;

  Logs(Evidence evidence) {
    this.evidence = evidence;
  }

  /** How many numbered lines there are. */
  int lines() {
    return lines;
  }

  List<Finding> wrong() {
    var findings = new ArrayList<Finding>();
    var numbers = new LinkedHashMap<HandOver, List<Integer>>();
    var lastSeq = new HashMap<List<Long>, Long>();
    for (var row : evidence.history().logs()) {
      var part = List.of(row.run(), (long) row.attempt(), (long) row.member());
      long before = lastSeq.getOrDefault(part, 0L);
      var texts = texts(row);
      if (row.first() != before + 1 || texts.size() != row.last() - row.first() + 1) {
        findings.add(
            Finding.of(
                "run %d: log rows do not join at %d".formatted(row.run(), row.first()), row.run()));
      }
      lastSeq.put(part, row.last());
      int member = Math.max(0, row.member() - 1);
      var who = new HandOver(row.run(), row.attempt(), row.epoch(), member);
      for (var text : texts) {
        if (text.startsWith(NUMBERED)) {
          numbers
              .computeIfAbsent(who, w -> new ArrayList<>())
              .add(Integer.valueOf(text.substring(NUMBERED.length())));
        }
      }
    }
    numbers.forEach(
        (who, seen) -> {
          lines += seen.size();
          for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i) != i + 1) {
              findings.add(Finding.of(who + " has its lines as " + seen, who.run()));
              return;
            }
          }
        });
    findings.addAll(missing(numbers));
    return findings;
  }

  /** Of hand-overs whose end the server took, and whose executor lived on, every line is there. */
  private List<Finding> missing(Map<HandOver, List<Integer>> numbers) {
    var findings = new ArrayList<Finding>();
    var taken = new HashMap<HandOver, String>();
    for (var run : evidence.history().runs()) {
      if (isExecutorsWord(run.state(), run.reason())) {
        taken.put(new HandOver(run.id(), run.attempt(), run.epoch(), 0), run.state());
      }
    }
    for (var part : evidence.history().attempts()) {
      if (isExecutorsWord(part.state(), part.reason())) {
        int member = Math.max(0, part.member() - 1);
        taken.put(new HandOver(part.run(), part.attempt(), part.epoch(), member), part.state());
      }
    }
    for (var done : evidence.executions()) {
      var state = taken.get(done.who());
      if (state == null || done.end().isEmpty() || diedSoon(done)) {
        continue;
      }
      int there = numbers.getOrDefault(done.who(), List.of()).size();
      int written = done.end().get().lines();
      if (there != written) {
        findings.add(
            Finding.of(
                "%s (%s) logged %d lines, %d are there"
                    .formatted(done.who(), state, written, there),
                done.who().run()));
      }
    }
    return findings;
  }

  /** Ended so because the executor said so, and not because it was silent or had no room. */
  private static boolean isExecutorsWord(String state, Optional<String> reason) {
    return state.equals("SUCCEEDED")
        || state.equals("FAILED")
            && reason.filter(Set.of("HANDLER_FAILED", "NOT_RETRYABLE")::contains).isPresent();
  }

  private static boolean diedSoon(Execution done) {
    long end = done.end().orElseThrow().at();
    return done.executor().spans().stream()
        .filter(s -> s.what() == Actor.What.DEAD)
        .anyMatch(s -> s.touches(done.start(), end + SENDING_MILLIS));
  }

  /** The texts of a row, each an array of time, stream and text. */
  private static List<String> texts(History.LogRow row) {
    try {
      var texts = new ArrayList<String>();
      JSON.readTree(row.lines()).forEach(line -> texts.add(line.get(2).asText()));
      return texts;
    } catch (JsonProcessingException e) {
      throw new AssertionError("log row of run " + row.run() + ": " + e.getMessage(), e);
    }
  }
}
