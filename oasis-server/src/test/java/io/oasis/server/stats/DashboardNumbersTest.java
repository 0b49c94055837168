package io.oasis.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.Reach;
import io.oasis.server.run.RunState;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class DashboardNumbersTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  @Inject Database database;
  @Inject DashboardNumbers numbers;
  @Inject DatabaseClock clock;

  @AfterEach
  void noNodesStay() {
    database.run(
        tx ->
            tx.update(
                "DELETE FROM node USING app a WHERE a.id = app_id AND a.name = 'stats-totals'"));
  }

  @Test
  @DisplayName("LG7: jobs and nodes are counted by state, deleted ones not at all")
  void totals() {
    database.run(
        tx -> {
          long app = app(tx, "stats-totals");
          fires(tx, job(tx, app, "on", "true, NULL"), Instant.parse("2050-01-01T00:00:00Z"));
          fires(tx, job(tx, app, "waits", "true, NULL"), null);
          job(tx, app, "done", "true, NULL");
          job(tx, app, "off", "false, NULL");
          job(tx, app, "also-off", "false, NULL");
          job(tx, app, "gone", "true, now()");
          for (String state : List.of("ONLINE", "ONLINE", "DRAINING", "OFFLINE")) {
            tx.update(
                "INSERT INTO node (id, app_id, address, sdk_version, app_version, slots, state,"
                    + " lease_until) VALUES (gen_random_uuid()::text, ?, '', '', '', 1, ?,"
                    // The server ends those whose lease is over.
                    + " now() + interval '1 hour')",
                app,
                state);
          }
        });

    Totals totals = numbers.totals(only("stats-totals"));

    assertThat(totals.jobs().enabled()).isEqualTo(2);
    assertThat(totals.jobs().completed()).isEqualTo(1);
    assertThat(totals.jobs().disabled()).isEqualTo(2);
    assertThat(totals.apps()).isEqualTo(1);
    assertThat(totals.appsOnline()).isEqualTo(1);
    assertThat(totals.nodes().draining()).isEqualTo(1);
    assertThat(numbers.totals(new Reach.Everything()).apps()).isGreaterThanOrEqualTo(1);
  }

  @Test
  @DisplayName("LG7: the counts of all shards and apps are summed by hour and state")
  void trend() {
    database.run(
        tx -> {
          long app = app(tx, "stats-trend");
          for (int shard = 0; shard < 3; shard++) {
            tx.update(
                "INSERT INTO run_count VALUES (?, date_bin('15 minutes', now(), 'epoch'),"
                    + " 'SUCCEEDED', ?, 5)",
                app,
                shard);
          }
        });

    assertThat(
            numbers
                .trend(clock.instant(), UTC, only("stats-trend"))
                .byState()
                .getOrDefault(RunState.SUCCEEDED, 0L))
        .isEqualTo(15);
  }

  @Test
  @DisplayName("the fires of the next hour are counted by minute")
  void nextHour() {
    Instant from = Instant.parse("2040-01-01T00:00:00Z");
    database.run(
        tx -> {
          long app = app(tx, "stats-fires");
          for (String time : List.of("00:00:30", "00:00:59", "00:59:59", "01:00:00")) {
            fires(tx, job(tx, app, time, "true, NULL"), Instant.parse("2040-01-01T" + time + "Z"));
          }
        });

    assertThat(numbers.nextHour(from, only("stats-fires")))
        .containsExactly(
            new MinuteFires(from, 2), new MinuteFires(Instant.parse("2040-01-01T00:59:00Z"), 1));
  }

  /** What the engine does to the apps of other tests shall not count. */
  private static Reach only(String app) {
    return new Reach.Only(Set.of(app));
  }

  private static long app(Tx tx, String name) {
    return tx.one(
        "INSERT INTO app (name, title, registration) VALUES (?, '', 'MANUAL') RETURNING id",
        row -> row.longNumber("id"),
        name);
  }

  private static long job(Tx tx, long app, String name, String enabledDeleted) {
    return tx.one(
        "INSERT INTO job (app_id, name, title, handler, schedule_kind, schedule_text, spec,"
            + " updated_by, enabled, deleted_at)"
            + " VALUES (?, ?, '', '', 'cron', '', '{}', '', "
            + enabledDeleted
            + ") RETURNING uid",
        row -> row.longNumber("uid"),
        app,
        name);
  }

  private static void fires(Tx tx, long job, Instant at) {
    tx.update("INSERT INTO job_fire (job_uid, revision, next_fire_at) VALUES (?, 1, ?)", job, at);
  }
}
