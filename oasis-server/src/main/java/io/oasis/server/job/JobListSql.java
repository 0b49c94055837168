package io.oasis.server.job;

import io.oasis.server.database.JsonText;
import io.oasis.server.database.SqlArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts the statements of {@link JobListStore} together. Only the filters that are set are in them,
 * so that PostgreSQL plans for these.
 */
final class JobListSql {
  private static final String SELECT =
      "SELECT " + JobStore.COLUMNS + ", coalesce(t.run_id, 0) AS trouble FROM (";
  private static final String AROUND =
      """
      ) j JOIN app a ON a.id = j.app_id LEFT JOIN job_fire f ON f.job_uid = j.uid
      LEFT JOIN job_trouble t ON t.job_uid = j.uid
       WHERE\s""";

  private static final String OTHER_LABELS =
      """
       AND NOT EXISTS (
          SELECT 1 FROM jsonb_to_recordset(?::jsonb) AS q (key text, "values" jsonb, negated boolean)
          WHERE q.negated = CASE
            WHEN q."values" IS NULL THEN jsonb_exists(j.labels, q.key)
            ELSE coalesce(jsonb_exists(q."values", j.labels ->> q.key), false) END)""";

  private static final String OWNER =
      """
       AND (CASE WHEN j.owner_name = '' AND j.owner_email = ''
              THEN a.owner_name || ' ' || a.owner_email
              ELSE j.owner_name || ' ' || j.owner_email END) ILIKE ?""";

  /** Shorter texts have no part that an index could know. */
  private static final int SHORTEST_TEXT = 3;

  private final JobFilter filter;
  private final Optional<SqlArray> apps;
  private final List<Long> appIds;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  /**
   * For one list.
   *
   * @param appIds the apps of the filter; of no meaning when it does not filter by app
   */
  JobListSql(JobFilter filter, List<Long> appIds) {
    this.filter = filter;
    this.appIds = appIds;
    this.apps = filter.apps().names().map(SqlArray::texts);
  }

  /** A statement and its parameters. */
  record Statement(String sql, List<Object> parameters) {}

  /** Whether an index may know the few jobs that fit; the walk by name knows apps itself. */
  boolean isSelective(JobOrder order, boolean textIndex) {
    return (apps.isPresent() && (order != JobOrder.NAME || isFiltered()))
        || filter.enabled().filter(on -> !on).isPresent()
        || filter.handler().isPresent()
        || !filter.labels().exact().isEmpty()
        || (textIndex && hasIndexableText());
  }

  boolean hasIndexableText() {
    return filter.text().filter(text -> text.length() >= SHORTEST_TEXT).isPresent();
  }

  /** The jobs that fit by what indexes know. */
  Statement candidates(boolean textIndex, int limit) {
    begin();
    sql.append("SELECT j.uid FROM job j WHERE j.deleted_at IS NULL");
    ofApps();
    filter.enabled().filter(on -> !on).ifPresent(off -> sql.append(" AND NOT j.enabled"));
    handlerAndLabels();
    if (textIndex && hasIndexableText()) {
      text();
    }
    sql.append(" LIMIT ").append(limit);
    return end();
  }

  /** Those of some jobs that fit, after a place. */
  Statement of(List<Long> uids, JobOrder order, Optional<JobOrder.Place> after, int limit) {
    begin();
    sql.append(SELECT);
    add("SELECT " + JobStore.OF_JOB + " FROM job j WHERE j.uid = ANY(?)", SqlArray.longs(uids));
    sql.append(AROUND).append("j.deleted_at IS NULL");
    ofApps();
    compared();
    after.ifPresent(
        place -> {
          add(" AND " + order.after(), place.first());
          parameters.add(place.second());
        });
    sql.append(" ORDER BY ").append(order.orderBy()).append(" LIMIT ").append(limit);
    return end();
  }

  /** The first jobs of a walk that fit; empty when the place lies behind it. */
  Optional<Statement> along(JobWalk walk, Optional<JobOrder.Place> after, int limit) {
    return walk.parameters(after, apps)
        .map(
            of -> {
              begin();
              sql.append(SELECT).append(walk.along(isCompared(walk) ? walk.effort() : limit));
              parameters.addAll(of);
              sql.append(AROUND).append(walk.condition());
              if (walk != JobWalk.BY_NAME) {
                ofApps();
              }
              compared();
              sql.append(" ORDER BY ").append(walk.order()).append(" LIMIT ").append(limit);
              return end();
            });
  }

  /** The place at which {@link #along} stops; empty when it goes to the end. */
  Optional<Statement> end(JobWalk walk, Optional<JobOrder.Place> after) {
    if (!isCompared(walk)) {
      return Optional.empty();
    }
    return walk.parameters(after, apps)
        .map(
            of ->
                new Statement(
                    "SELECT p.* FROM (SELECT %s FROM (%s) j OFFSET %d) AS p (first, second)"
                        .formatted(walk.place(), walk.along(walk.effort()), walk.effort() - 1),
                    of));
  }

  private boolean isFiltered() {
    return !filter.withoutApp().equals(JobFilter.ALL);
  }

  private boolean isCompared(JobWalk walk) {
    return !walk.condition().equals("true")
        || isFiltered()
        || (apps.isPresent() && walk != JobWalk.BY_NAME);
  }

  /** The ids are written out: so PostgreSQL knows how many jobs these apps have. */
  private void ofApps() {
    if (apps.isPresent()) {
      String ids = appIds.stream().map(String::valueOf).collect(Collectors.joining(", "));
      sql.append(ids.isEmpty() ? " AND false" : " AND j.app_id IN (" + ids + ")");
    }
  }

  private void compared() {
    filter.enabled().ifPresent(on -> sql.append(on ? " AND j.enabled" : " AND NOT j.enabled"));
    handlerAndLabels();
    filter.scheduleKind().ifPresent(kind -> add(" AND j.schedule_kind = ?", kind));
    if (filter.text().isPresent()) {
      text();
    }
    if (!filter.labels().others().isEmpty()) {
      add("\n" + OTHER_LABELS, JsonText.write(filter.labels().others()));
    }
    filter.owner().ifPresent(owner -> add("\n" + OWNER, contains(owner)));
  }

  private void handlerAndLabels() {
    filter.handler().ifPresent(handler -> add(" AND j.handler = ?", handler));
    if (!filter.labels().exact().isEmpty()) {
      add(" AND j.labels @> ?::jsonb", JsonText.write(filter.labels().exact()));
    }
  }

  private void text() {
    String pattern = contains(filter.text().orElseThrow());
    add(" AND (j.name ILIKE ? OR j.title ILIKE ? OR j.handler ILIKE ?)", pattern);
    parameters.add(pattern);
    parameters.add(pattern);
  }

  /** A pattern for ILIKE in which the user's text means itself. */
  private static String contains(String text) {
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  private void add(String text, Object parameter) {
    sql.append(text);
    parameters.add(parameter);
  }

  private void begin() {
    sql.setLength(0);
    parameters.clear();
  }

  private Statement end() {
    return new Statement(sql.toString(), new ArrayList<>(parameters));
  }
}
