package io.oasis.server.run;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The lists of the log center. Each statement takes the newest rows of one index and compares them
 * with what the index does not know; after {@value #EFFORT} rows it stops and says how far it came,
 * so that no filter makes anybody wait for the whole history.
 */
@ApplicationScoped
public class RunSearchStore {
  /** Rows that one search reads at most where they lie side by side: some 30 ms. */
  static final int EFFORT = 40_000;

  /** The same where each row lies on a page of its own. */
  static final int EFFORT_APART = 2_500;

  // A removed app keeps its row; a name means the one that lives, or the last one.
  private static final String APPS =
      """
      SELECT DISTINCT ON (name) id FROM app WHERE name = ANY(?)
       ORDER BY name, deleted_at DESC NULLS FIRST
      """;

  // A job that lives, or else the one of that name that was deleted last.
  private static final String JOB =
      """
      (SELECT j.uid FROM job j JOIN app a ON a.id = j.app_id
        WHERE a.name = ? AND j.name = ? AND j.deleted_at IS NULL AND a.deleted_at IS NULL)
      UNION ALL
      (SELECT j.uid FROM job j JOIN app a ON a.id = j.app_id
        WHERE a.name = ? AND j.name = ? AND j.deleted_at IS NOT NULL
        ORDER BY j.deleted_at DESC LIMIT 1)
      LIMIT 1
      """;

  // Each half has an index of its own.
  private static final String JOBS_OF_APPS =
      """
      SELECT uid FROM job WHERE app_id = ANY(?) AND deleted_at IS NULL
      UNION ALL
      SELECT uid FROM job WHERE app_id = ANY(?) AND deleted_at IS NOT NULL
      LIMIT ?
      """;

  private static final String JOBS_BY_TEXT =
      """
      SELECT j.uid FROM job j
       WHERE (?::bigint[] IS NULL OR j.app_id = ANY(?)) AND (j.name ILIKE ? OR j.title ILIKE ?)
       ORDER BY j.uid DESC LIMIT ?
      """;

  /** How many jobs a search by text looks at. */
  static final int MOST_JOBS = 5_000;

  /**
   * Rows of a list.
   *
   * @param rows newest first
   * @param stoppedAt set when the search stopped before it had enough and before the end
   */
  record Found(List<RunQueryStore.Listed> rows, Optional<RunPlace> stoppedAt) {
    static final Found NOTHING = new Found(List.of(), Optional.empty());
  }

  /** A statement and its parameters. */
  record Statement(String sql, List<Object> parameters) {}

  /** Runs after a place, newest first. */
  Found find(Tx tx, RunFilter filter, Optional<RunPlace> after, int limit) {
    Optional<Scope> found = scope(tx, filter);
    if (found.isEmpty()) {
      return Found.NOTHING;
    }
    Scope scope = found.get();
    RunSearch search = RunSearch.of(filter, scope.few() ? scope.jobs() : List.of());
    if (search.byJobs()) {
      RunListSql sql = new RunListSql(filter, search, scope, after);
      List<RunQueryStore.Listed> rows = rows(tx, sql.ofJobs(limit));
      return new Found(rows, stop(tx, sql.ofJobsEffort(), rows, limit));
    }
    List<Found> parts = new ArrayList<>();
    for (RunSearch.Stream stream : search.streams()) {
      RunListSql sql = new RunListSql(filter, search, scope, after);
      List<RunQueryStore.Listed> rows = rows(tx, sql.ofStream(stream, limit));
      parts.add(new Found(rows, stop(tx, sql.ofStreamEffort(stream), rows, limit)));
    }
    return merge(parts, limit);
  }

  /** What a list is about, as ids. */
  record Scope(Optional<List<Long>> apps, List<Long> jobs, boolean named) {
    /** The jobs are all that the filter allows, and few enough to be asked one by one. */
    boolean few() {
      return !jobs.isEmpty() && jobs.size() <= RunSearch.FEW_JOBS;
    }
  }

  /** Empty when there is nothing that the filter could mean. */
  private static Optional<Scope> scope(Tx tx, RunFilter filter) {
    Optional<List<Long>> apps = filter.apps().names().map(names -> apps(tx, names));
    if (apps.filter(List::isEmpty).isPresent()) {
      return Optional.empty();
    }
    if (filter.job().filter(job -> !filter.apps().covers(job.app())).isPresent()) {
      return Optional.empty();
    }
    boolean named = filter.job().isPresent() || filter.text().isPresent();
    List<Long> jobs;
    if (filter.job().isPresent()) {
      var job = filter.job().get();
      jobs =
          tx.query(JOB, row -> row.longNumber("uid"), job.app(), job.name(), job.app(), job.name());
    } else if (filter.text().isPresent()) {
      Optional<SqlArray> ids = apps.map(SqlArray::longs);
      String text = contains(filter.text().get());
      jobs = tx.query(JOBS_BY_TEXT, row -> row.longNumber("uid"), ids, ids, text, text, MOST_JOBS);
    } else {
      jobs =
          apps.map(
                  ids ->
                      tx.query(
                          JOBS_OF_APPS,
                          row -> row.longNumber("uid"),
                          SqlArray.longs(ids),
                          SqlArray.longs(ids),
                          RunSearch.FEW_JOBS + 1))
              .orElse(List.of());
    }
    // An app whose jobs are all gone for good may still have runs.
    return named && jobs.isEmpty() ? Optional.empty() : Optional.of(new Scope(apps, jobs, named));
  }

  private static List<Long> apps(Tx tx, Set<String> names) {
    return tx.query(APPS, row -> row.longNumber("id"), SqlArray.texts(names));
  }

  private static List<RunQueryStore.Listed> rows(Tx tx, Statement statement) {
    return tx.query(statement.sql(), RunQueryStore::listed, statement.parameters().toArray());
  }

  /** Where the effort ended, if the list is short because of it. */
  private static Optional<RunPlace> stop(
      Tx tx, Optional<Statement> effort, Collection<?> rows, int limit) {
    return rows.size() >= limit
        ? Optional.empty()
        : effort.flatMap(
            statement ->
                tx.first(
                    statement.sql(),
                    row -> new RunPlace(row.longNumber("id"), row.instant("nominal_at")),
                    statement.parameters().toArray()));
  }

  /** A part that stopped early hides what the others have below that place. */
  private static Found merge(List<Found> parts, int limit) {
    Optional<RunPlace> stop =
        parts.stream()
            .flatMap(part -> part.stoppedAt().stream())
            .max(java.util.Comparator.comparingLong(RunPlace::id));
    List<RunQueryStore.Listed> rows =
        parts.stream()
            .flatMap(part -> part.rows().stream())
            .filter(row -> stop.map(place -> row.run().id() >= place.id()).orElse(true))
            .sorted(
                Collections.reverseOrder(
                    java.util.Comparator.comparingLong(
                        (RunQueryStore.Listed row) -> row.run().id())))
            .limit(limit)
            .toList();
    return new Found(rows, rows.size() >= limit ? Optional.empty() : stop);
  }

  /** A pattern for ILIKE in which the user's text means itself. */
  private static String contains(String text) {
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  /** Constants of an enum, written out: only so can a partial index be known to fit. */
  static <E extends Enum<E>> String in(Collection<E> constants, Function<E, String> name) {
    return constants.stream().map(name).collect(Collectors.joining("', '", " IN ('", "')"));
  }
}
