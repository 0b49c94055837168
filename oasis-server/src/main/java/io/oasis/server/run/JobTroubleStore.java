package io.oasis.server.run;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The SQL of {@code job_trouble}. */
@ApplicationScoped
class JobTroubleStore {
  /** Locked in the order of the jobs, so that two servers do not wait in a circle. */
  private static final String LOCK =
      """
      SELECT t.job_uid FROM job_trouble t WHERE t.job_uid = ANY(?) ORDER BY t.job_uid FOR UPDATE
      """;

  private static final String OVER =
      """
      DELETE FROM job_trouble t USING unnest(?::bigint[], ?::bigint[]) AS u(job_uid, run_id)
       WHERE t.job_uid = ANY(?) AND t.job_uid = u.job_uid AND t.run_id < u.run_id
      """;

  private static final String NOTE =
      """
      INSERT INTO job_trouble AS t (job_uid, run_id, state)
      SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::text[]) AS u(job_uid, run_id, state)
       ORDER BY u.job_uid
      ON CONFLICT ON CONSTRAINT job_trouble_pk DO UPDATE
         SET run_id = excluded.run_id, state = excluded.state WHERE t.run_id < excluded.run_id
      """;

  void write(Tx tx, List<JobTroubles.Last> ended) {
    List<JobTroubles.Last> wrong = ended.stream().filter(l -> l.state().isTrouble()).toList();
    Set<Long> noted =
        Set.copyOf(tx.queryByKeys(LOCK, row -> row.longNumber("job_uid"), jobs(ended)));
    List<JobTroubles.Last> well =
        ended.stream().filter(l -> !l.state().isTrouble() && noted.contains(l.jobUid())).toList();
    if (!well.isEmpty()) {
      tx.updateByKeys(OVER, jobs(well), runs(well), jobs(well));
    }
    if (!wrong.isEmpty()) {
      tx.update(
          NOTE,
          jobs(wrong),
          runs(wrong),
          SqlArray.texts(wrong.stream().map(JobTroubles.Last::state).toList()));
    }
  }

  private static SqlArray jobs(List<JobTroubles.Last> ended) {
    return SqlArray.longs(ended.stream().map(JobTroubles.Last::jobUid).toList());
  }

  private static SqlArray runs(List<JobTroubles.Last> ended) {
    return SqlArray.longs(ended.stream().map(JobTroubles.Last::runId).toList());
  }
}
