package io.oasis.server.run;

import io.oasis.server.database.SqlArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts the statements of {@link RunSearchStore} together. What an index knows stands inside, with
 * the order and a limit; what only the row knows stands around it.
 */
final class RunListSql {
  private static final Set<Trigger> HANDS = Set.of(Trigger.MANUAL, Trigger.API, Trigger.RERUN);

  private final RunFilter filter;
  private final RunSearch search;
  private final RunSearchStore.Scope scope;
  private final Optional<RunPlace> after;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  RunListSql(
      RunFilter filter, RunSearch search, RunSearchStore.Scope scope, Optional<RunPlace> after) {
    this.filter = filter;
    this.search = search;
    this.scope = scope;
    this.after = after;
  }

  /** The newest runs of an index that fit. */
  RunSearchStore.Statement ofStream(RunSearch.Stream stream, int limit) {
    begin();
    sql.append("SELECT ").append(RunQueryStore.COLUMNS).append(" FROM (SELECT r.* FROM run r");
    indexed(stream);
    add(" ORDER BY r.id DESC LIMIT ?", isCompared(stream) ? effort(stream) : limit);
    sql.append(") r WHERE true");
    compared(stream);
    add(" ORDER BY r.id DESC LIMIT ?", limit);
    return end();
  }

  /** The run at which {@link #ofStream} stops; empty when it goes to the end. */
  Optional<RunSearchStore.Statement> ofStreamEffort(RunSearch.Stream stream) {
    if (!isCompared(stream)) {
      return Optional.empty();
    }
    begin();
    sql.append("SELECT r.id, r.nominal_at FROM run r");
    indexed(stream);
    add(" ORDER BY r.id DESC OFFSET ? LIMIT 1", effort(stream) - 1);
    return Optional.of(end());
  }

  /** The newest runs of a few jobs. Those of one job are in the order of its unique key. */
  RunSearchStore.Statement ofJobs(int limit) {
    begin();
    sql.append("SELECT ")
        .append(RunQueryStore.COLUMNS)
        .append(" FROM unnest(?::bigint[]) AS u(uid) CROSS JOIN LATERAL (SELECT r.* FROM")
        .append(" (SELECT r.* FROM run r");
    parameters.add(SqlArray.longs(search.jobs()));
    ofJob();
    add(
        " ORDER BY r.nominal_at DESC, r.id DESC LIMIT ?",
        isComparedByJobs() ? RunSearchStore.EFFORT_APART : limit);
    sql.append(") r WHERE true");
    compared(RunSearch.Stream.ALL);
    add(" LIMIT ?) r ORDER BY r.nominal_at DESC, r.id DESC LIMIT ?", limit);
    parameters.add(limit);
    return end();
  }

  /** The run at which {@link #ofJobs} stops; empty when it goes to the end. */
  Optional<RunSearchStore.Statement> ofJobsEffort() {
    if (!isComparedByJobs()) {
      return Optional.empty();
    }
    begin();
    sql.append("SELECT r.id, r.nominal_at FROM unnest(?::bigint[]) AS u(uid), run r");
    parameters.add(SqlArray.longs(search.jobs()));
    ofJob();
    add(" ORDER BY r.nominal_at DESC, r.id DESC OFFSET ? LIMIT 1", RunSearchStore.EFFORT_APART - 1);
    return Optional.of(end());
  }

  private static int effort(RunSearch.Stream stream) {
    return stream == RunSearch.Stream.ALL ? RunSearchStore.EFFORT : RunSearchStore.EFFORT_APART;
  }

  private void ofJob() {
    sql.append(" WHERE r.job_uid = u.uid");
    after.ifPresent(
        place -> {
          add(" AND r.nominal_at <= ?", place.nominalAt());
          add(" AND (r.nominal_at, r.id) < (?, ?)", place.nominalAt());
          parameters.add(place.id());
        });
    times();
  }

  private void indexed(RunSearch.Stream stream) {
    add(" WHERE r.id < ?", after.map(RunPlace::id).orElse(Long.MAX_VALUE));
    times();
    switch (stream) {
      case ALL -> {}
      case ACTIVE -> states(RunSearch.ACTIVE);
      case ENDED_OTHERWISE -> {
        states(RunSearch.ENDED_OTHERWISE);
        filter.reason().ifPresent(reason -> add(" AND r.reason = ?", reason.name()));
      }
      case BY_HAND ->
          sql.append(" AND r.trigger")
              .append(
                  RunSearchStore.in(
                      new TreeSet<>(filter.triggers().isEmpty() ? HANDS : filter.triggers()),
                      Enum::name));
    }
    if (stream != RunSearch.Stream.ALL) {
      scope();
    }
  }

  private void states(Set<RunState> all) {
    Set<RunState> some = new TreeSet<>(search.states());
    some.retainAll(all);
    sql.append(" AND r.state").append(RunSearchStore.in(some, Enum::name));
  }

  private void times() {
    filter.from().ifPresent(from -> add(" AND r.nominal_at >= ?", from));
    filter.to().ifPresent(to -> add(" AND r.nominal_at < ?", to));
  }

  private void scope() {
    if (scope.named()) {
      anyOf("r.job_uid", scope.jobs());
    }
    scope.apps().ifPresent(apps -> anyOf("r.app_id", apps));
  }

  /** One value is written as such: so it is compared within the index by every PostgreSQL. */
  private void anyOf(String column, List<Long> values) {
    if (values.size() == 1) {
      add(" AND " + column + " = ?", values.get(0));
    } else {
      add(" AND " + column + " = ANY(?)", SqlArray.longs(values));
    }
  }

  /** Whether the rows of an index are compared with anything that it does not know. */
  private boolean isCompared(RunSearch.Stream stream) {
    return switch (stream) {
      case ALL -> isComparedByJobs() || scope.named() || scope.apps().isPresent();
      case ACTIVE -> hasRowOnly() || !filter.triggers().isEmpty();
      case ENDED_OTHERWISE -> filter.node().isPresent() || !filter.triggers().isEmpty();
      case BY_HAND -> hasRowOnly() || !search.states().isEmpty();
    };
  }

  private boolean isComparedByJobs() {
    return hasRowOnly() || !filter.triggers().isEmpty() || !search.states().isEmpty();
  }

  private boolean hasRowOnly() {
    return filter.node().isPresent() || filter.reason().isPresent();
  }

  private void compared(RunSearch.Stream stream) {
    if (stream == RunSearch.Stream.ALL && !search.byJobs()) {
      scope();
    }
    if (!search.states().isEmpty()
        && (stream == RunSearch.Stream.ALL || stream == RunSearch.Stream.BY_HAND)) {
      sql.append(" AND r.state")
          .append(RunSearchStore.in(new TreeSet<>(search.states()), Enum::name));
    }
    if (!filter.triggers().isEmpty() && stream != RunSearch.Stream.BY_HAND) {
      sql.append(" AND r.trigger")
          .append(RunSearchStore.in(new TreeSet<>(filter.triggers()), Enum::name));
    }
    filter.node().ifPresent(node -> add(" AND r.node_id = ?", node));
    filter.reason().ifPresent(reason -> add(" AND r.reason = ?", reason.name()));
  }

  private void add(String text, Object parameter) {
    sql.append(text);
    parameters.add(parameter);
  }

  private void begin() {
    sql.setLength(0);
    parameters.clear();
  }

  private RunSearchStore.Statement end() {
    return new RunSearchStore.Statement(sql.toString(), new ArrayList<>(parameters));
  }
}
