package io.oasis.server.run;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Counts finished runs in the transaction that finishes them, so that the dashboard's numbers and
 * the ledger are never apart. The shard keeps servers from waiting for each other's rows.
 */
@Singleton
public class RunCountStore {
  private static final int SHARDS = 16;
  private static final long BUCKET_SECONDS = 15 * 60;

  private static final String ADD =
      """
      INSERT INTO run_count (app_id, bucket_at, state, shard, runs)
      SELECT u.app_id, u.bucket_at, u.state, ?, u.runs
        FROM unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::bigint[])
          AS u(app_id, bucket_at, state, runs)
      ON CONFLICT ON CONSTRAINT run_count_pk DO UPDATE SET runs = run_count.runs + excluded.runs
      """;

  private final int shard = ThreadLocalRandom.current().nextInt(SHARDS);

  /** Adds runs that are final with this transaction. */
  void add(Tx tx, List<RunRow> ended) {
    if (ended.isEmpty()) {
      return;
    }
    // Sorted, so that two transactions meet the rows in the same order and cannot deadlock.
    TreeMap<Bucket, Long> sums =
        new TreeMap<>(
            Comparator.comparing(Bucket::at)
                .thenComparingLong(Bucket::appId)
                .thenComparing(Bucket::state));
    for (RunRow run : ended) {
      sums.merge(Bucket.of(run), 1L, Long::sum);
    }
    List<Bucket> buckets = new ArrayList<>(sums.keySet());
    tx.update(
        ADD,
        shard,
        SqlArray.longs(buckets.stream().map(Bucket::appId).toList()),
        SqlArray.instants(buckets.stream().map(Bucket::at).toList()),
        SqlArray.texts(buckets.stream().map(Bucket::state).toList()),
        SqlArray.longs(sums.values()));
  }

  private record Bucket(Instant at, long appId, RunState state) {
    static Bucket of(RunRow run) {
      long second = run.standing().finishedAt().orElseThrow().getEpochSecond();
      return new Bucket(
          Instant.ofEpochSecond(second - Math.floorMod(second, BUCKET_SECONDS)),
          run.origin().appId(),
          run.state());
    }
  }
}
