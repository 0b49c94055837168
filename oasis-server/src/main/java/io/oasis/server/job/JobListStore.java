package io.oasis.server.job;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists of jobs. What an index knows of a filter is asked first: few jobs are then sorted as they
 * are. Else the list walks along the index of its order and compares; after {@value #EFFORT} jobs
 * it stops and says how far it came, so that no filter reads a million jobs for one page.
 */
@ApplicationScoped
class JobListStore {
  /** So many are read and sorted at once. */
  private static final int FEW = 2_000;

  /** A plan for any text or handler is a bad one for a rare one; ten thousand jobs are sorted. */
  private static final String PLAN_ANEW =
      """
      SELECT set_config('plan_cache_mode', 'force_custom_plan', true),
             set_config('work_mem', '16MB', true) AS done
      """;

  /** A walk goes along its index and finds all else by keys, whatever seems cheaper as a whole. */
  private static final String BY_KEYS =
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
             set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
             set_config('enable_sort', 'off', true) AS done
      """;

  private static final String APPS =
      "SELECT id FROM app WHERE name = ANY(?) AND deleted_at IS NULL";

  private static final String TEXT_INDEX = "SELECT to_regclass('job_text') IS NOT NULL AS there";

  /** A job and where it stands in the order of its list. */
  record Placed(Job job, JobOrder.Place place) {}

  /**
   * Jobs of a list.
   *
   * @param jobs in its order
   * @param stoppedAt set when the search stopped before it had enough and before the end
   */
  record Found(List<Placed> jobs, Optional<JobOrder.Place> stoppedAt) {}

  /** Jobs after a place. */
  Found list(Tx tx, JobFilter filter, JobOrder order, int limit, Optional<JobOrder.Place> after) {
    tx.query(PLAN_ANEW, row -> row.text("done"));
    List<Long> apps =
        filter
            .apps()
            .names()
            .map(names -> tx.query(APPS, row -> row.longNumber("id"), SqlArray.texts(names)))
            .orElse(List.of());
    JobListSql sql = new JobListSql(filter, apps);
    Optional<List<Long>> few = few(tx, order, sql);
    tx.query(BY_KEYS, row -> row.text("done"));
    if (few.isPresent()) {
      return new Found(jobs(tx, order, sql.of(few.get(), order, after, limit)), Optional.empty());
    }
    List<Placed> found = new ArrayList<>();
    for (JobWalk walk : order.walks()) {
      int missing = limit - found.size();
      sql.along(walk, after, missing)
          .ifPresent(statement -> found.addAll(jobs(tx, order, statement)));
      if (found.size() >= limit) {
        break;
      }
      Optional<JobOrder.Place> stop =
          sql.end(walk, after).flatMap(statement -> place(tx, statement));
      if (stop.isPresent()) {
        return new Found(found, stop);
      }
    }
    return new Found(found, Optional.empty());
  }

  /** All that may fit, if they are few. */
  private static Optional<List<Long>> few(Tx tx, JobOrder order, JobListSql sql) {
    boolean text = sql.hasIndexableText() && tx.one(TEXT_INDEX, row -> row.flag("there"));
    if (!sql.isSelective(order, text)) {
      return Optional.empty();
    }
    JobListSql.Statement statement = sql.candidates(text, FEW + 1);
    List<Long> uids =
        tx.query(statement.sql(), row -> row.longNumber("uid"), statement.parameters().toArray());
    return uids.size() > FEW ? Optional.empty() : Optional.of(uids);
  }

  private static List<Placed> jobs(Tx tx, JobOrder order, JobListSql.Statement statement) {
    return tx.query(
        statement.sql(),
        row -> {
          Job job = JobStore.job(row);
          return new Placed(job, order.placeOf(job, row.longNumber("trouble")));
        },
        statement.parameters().toArray());
  }

  private static Optional<JobOrder.Place> place(Tx tx, JobListSql.Statement statement) {
    return tx.first(
        statement.sql(),
        row -> new JobOrder.Place(row.text("first"), row.text("second")),
        statement.parameters().toArray());
  }
}
