package io.oasis.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.SqlArray;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What PostgreSQL makes of the statements that every batch of runs and every turn costs. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class AlarmStatementsTest {
  @Inject Database database;

  @Test
  @DisplayName("a batch of successes looks at open incidents only, however many there have been")
  void openIncidentsAreFoundByTheirIndex() {
    AtomicReference<List<String>> plan = new AtomicReference<>();
    AtomicReference<List<String>> due = new AtomicReference<>();
    RuntimeException undo = new IllegalStateException("nothing of this is kept");

    assertThatThrownBy(
            () ->
                database.run(
                    tx -> {
                      tx.update(
                          """
                          INSERT INTO incident (job_uid, app_id, kind, opened_at, first_run_id,
                                 failures, last_run_id, last_failed_at, told_run_id, told_at,
                                 resolved_at)
                          SELECT n % 500, 1, 'FAILURE', now(), n, 1, n, now(), n, now(), now()
                            FROM generate_series(1, 50000) AS n
                          """);
                      tx.update(
                          """
                          INSERT INTO alarm (incident_id, event, run_id, failures, address, language,
                                 state, due_at, sent_at)
                          SELECT id, 'OPENED', 1, 1, 'a@b.c', 'en', 'SENT', now(), now()
                            FROM incident
                          """);
                      tx.update("ANALYZE incident, alarm");
                      plan.set(
                          tx.query(
                              "EXPLAIN " + AlarmWriteStore.LOCK_OPEN,
                              row -> row.text("QUERY PLAN"),
                              SqlArray.longs(LongStream.range(0, 500).boxed().toList())));
                      due.set(
                          tx.query(
                              "EXPLAIN " + OutboxStore.NEXT_DUE,
                              row -> row.text("QUERY PLAN"),
                              Delivery.Channel.MAIL));
                      throw undo;
                    }))
        .isSameAs(undo);

    assertThat(plan.get())
        .anyMatch(line -> line.contains("incident_one_open"))
        .noneMatch(line -> line.contains("Seq Scan"));
    assertThat(due.get())
        .anyMatch(line -> line.contains("alarm_due"))
        .noneMatch(line -> line.contains("Seq Scan"));
  }
}
