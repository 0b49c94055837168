package io.oasis.server.job;

import io.oasis.server.database.SqlArray;
import java.util.List;
import java.util.Optional;

/**
 * One pass along an index in the order of a list. Lists by next fire and by last result are two of
 * them, one after the other.
 */
enum JobWalk {
  /** App by app, each along its unique key. */
  BY_NAME(
      """
      SELECT j.*, o.name AS first FROM app o CROSS JOIN LATERAL (
        SELECT %2$s FROM job j
         WHERE j.app_id = o.id AND j.deleted_at IS NULL
           AND j.name > CASE WHEN o.name = ?::text THEN ?::text ELSE '' END
         ORDER BY j.name LIMIT %1$d) j
       WHERE o.name >= coalesce(?::text, '') AND (?::text[] IS NULL OR o.name = ANY(?))
       ORDER BY o.name, j.name""",
      "j.first, j.name", "j.first, j.name", "true"),

  /** Jobs that have a next time. */
  TIMED(
      """
      SELECT %2$s, o.next_fire_at AS first FROM job_fire o JOIN job j ON j.uid = o.job_uid
       WHERE (o.next_fire_at, o.job_uid)
             > (coalesce(?::timestamptz, '-infinity'), coalesce(?::bigint, 0))
       ORDER BY o.next_fire_at, o.job_uid""",
      "j.first, j.uid",
      "to_char(j.first AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), j.uid::text",
      "j.deleted_at IS NULL"),

  /** Jobs without one. */
  UNTIMED(
      """
      SELECT %2$s, 'infinity' AS first FROM job j WHERE j.uid > coalesce(?::bigint, 0) ORDER BY j.uid""",
      "j.uid", "j.first, j.uid::text", "j.deleted_at IS NULL AND f.next_fire_at IS NULL"),

  /** The newest change first. */
  BY_CHANGE(
      """
      SELECT %2$s, j.updated_at AS first FROM job j
       WHERE j.deleted_at IS NULL
         AND (j.updated_at, j.uid) < (coalesce(?::timestamptz, 'infinity'), coalesce(?::bigint, 0))
       ORDER BY j.updated_at DESC, j.uid DESC""",
      "j.first DESC, j.uid DESC",
      "to_char(j.first AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), j.uid::text",
      "true"),

  /** Jobs whose last run went wrong, the newest such run first. */
  TROUBLED(
      """
      SELECT %2$s, o.run_id AS first FROM job_trouble o JOIN job j ON j.uid = o.job_uid
       WHERE (o.run_id, o.job_uid)
             < (coalesce(?::bigint, 9223372036854775807), coalesce(?::bigint, 0))
       ORDER BY o.run_id DESC, o.job_uid DESC""",
      "j.first DESC, j.uid DESC", "j.first::text, j.uid::text", "j.deleted_at IS NULL"),

  /** All other jobs. */
  UNTROUBLED(
      """
      SELECT %2$s, 0 AS first FROM job j
       WHERE j.uid < coalesce(?::bigint, 9223372036854775807) ORDER BY j.uid DESC""",
      "j.uid DESC", "j.first::text, j.uid::text", "j.deleted_at IS NULL AND t.job_uid IS NULL");

  static final int EFFORT = 10_000;

  /** Where each job is looked up in another table. */
  private static final int EFFORT_APART = 2_500;

  private final String along;
  private final String order;
  private final String place;
  private final String condition;

  JobWalk(String along, String order, String place, String condition) {
    this.along = along;
    this.order = order;
    this.place = place;
    this.condition = condition;
  }

  /** Jobs along the index, after a place; the first part of their order is called {@code first}. */
  String along(int limit) {
    return along.formatted(limit, JobStore.OF_JOB) + " LIMIT " + limit;
  }

  /** The same order, of what {@link #along} gives. */
  String order() {
    return order;
  }

  /** The two parts of the place of a job, as {@link JobOrder} writes it. */
  String place() {
    return place;
  }

  /** How many jobs it compares for one page: some 30 ms. */
  int effort() {
    return switch (this) {
      case BY_NAME, BY_CHANGE, UNTIMED, UNTROUBLED -> EFFORT;
      case TIMED, TROUBLED -> EFFORT_APART;
    };
  }

  /** What a job must be that the index does not know; {@code true} when it knows all. */
  String condition() {
    return condition;
  }

  /**
   * The parameters of {@link #along}; empty when the place lies behind this walk.
   *
   * @param apps whose jobs; empty: all
   */
  Optional<List<Object>> parameters(Optional<JobOrder.Place> after, Optional<SqlArray> apps) {
    Optional<String> first = after.map(JobOrder.Place::first);
    Optional<String> second = after.map(JobOrder.Place::second);
    boolean later = first.filter(f -> f.equals(JobOrder.NEVER) || f.equals("0")).isPresent();
    return switch (this) {
      case BY_NAME -> Optional.of(List.of(first, second, first, apps, apps));
      case BY_CHANGE -> Optional.of(List.of(first, second));
      case TIMED, TROUBLED -> later ? Optional.empty() : Optional.of(List.of(first, second));
      case UNTIMED, UNTROUBLED -> Optional.of(List.of(later ? second : Optional.<String>empty()));
    };
  }
}
