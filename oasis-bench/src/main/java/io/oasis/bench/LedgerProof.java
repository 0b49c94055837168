package io.oasis.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Proves over REST that a batch ran as promised: each job has exactly one run, which succeeded at
 * its first attempt and not before its time; the handler was called once for each; and the history
 * of runs picked evenly holds every step.
 */
final class LedgerProof {
  private static final int PAGE = 500;
  private static final int HISTORIES = 100;
  private static final List<String> STEPS =
      List.of("CREATED", "DISPATCHED", "STARTED", "SUCCEEDED");

  private final Api api;
  private final JobBatch batch;

  LedgerProof(Api api, JobBatch batch) {
    this.api = api;
    this.batch = batch;
  }

  /** Whether nothing of the batch waits or runs any more. */
  boolean isOver() {
    return api.get(query("&state=QUEUED,DISPATCHED,RUNNING,KILLING&limit=1"))
        .path("items")
        .isEmpty();
  }

  /**
   * Checks everything.
   *
   * @return when the last run was finished, as the ledger has it
   * @throws BenchException when a promise is broken
   */
  Instant check(List<Call> calls) {
    List<JsonNode> runs = runs();
    Map<String, Instant> open = new HashMap<>(batch.due());
    Map<Long, Instant> nominal = new HashMap<>();
    Instant last = Instant.EPOCH;
    for (JsonNode run : runs) {
      String name = run.path("job").asText().substring(JobBatch.APP.length() + 1);
      Instant due = open.remove(name);
      require(due != null, run, "is a second run of its job, or of no job of the batch");
      require(run.path("state").asText().equals("SUCCEEDED"), run, "has not succeeded");
      require(run.path("attempt").asInt() == 1, run, "needed more than one attempt");
      require(time(run, "nominalAt").equals(due), run, "stands for another time than its job's");
      require(!time(run, "dispatchedAt").isBefore(due), run, "was dispatched early");
      require(!time(run, "startedAt").isBefore(due), run, "started early");
      nominal.put(run.path("id").asLong(), due);
      Instant finished = time(run, "finishedAt");
      last = finished.isAfter(last) ? finished : last;
    }
    if (!open.isEmpty()) {
      throw new BenchException(
          open.size() + " jobs have no run, such as " + open.keySet().iterator().next());
    }
    checkCalls(calls, nominal);
    checkHistories(runs);
    return last;
  }

  private static void checkCalls(List<Call> calls, Map<Long, Instant> nominal) {
    Set<Long> called = new HashSet<>();
    for (Call call : calls) {
      if (!nominal.containsKey(call.run()) || !called.add(call.run())) {
        throw new BenchException(
            "the handler was called twice, or for no run of the batch: " + call);
      }
      if (call.lateMicros() < 0) {
        throw new BenchException("the handler was called early: " + call);
      }
    }
    if (called.size() != nominal.size()) {
      throw new BenchException(
          "the handler was called for " + called.size() + " of " + nominal.size() + " runs");
    }
  }

  private void checkHistories(List<JsonNode> runs) {
    int step = Math.max(1, runs.size() / HISTORIES);
    for (int i = 0; i < runs.size(); i += step) {
      JsonNode run = runs.get(i);
      List<String> kinds = new ArrayList<>();
      api.get("/runs/" + run.path("id").asLong())
          .path("events")
          .forEach(event -> kinds.add(event.path("kind").asText()));
      require(kinds.containsAll(STEPS), run, "has a history of only " + kinds);
    }
  }

  private List<JsonNode> runs() {
    List<JsonNode> runs = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          api.get(query("&limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
      page.path("items").forEach(runs::add);
      cursor = page.path("nextCursor").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return runs;
  }

  private String query(String more) {
    return "/runs?app=%s&from=%s&to=%s%s"
        .formatted(JobBatch.APP, batch.first(), batch.last().plusMillis(1), more);
  }

  private static Instant time(JsonNode run, String field) {
    String text = run.path(field).asText("null");
    if (text.equals("null")) {
      throw new BenchException("run " + run.path("id").asText() + " has no " + field);
    }
    return Instant.parse(text);
  }

  private static void require(boolean holds, JsonNode run, String complaint) {
    if (!holds) {
      throw new BenchException(
          "run " + run.path("id").asText() + " of " + run.path("job").asText() + " " + complaint);
    }
  }
}
