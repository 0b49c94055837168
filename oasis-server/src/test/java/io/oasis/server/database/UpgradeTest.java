package io.oasis.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a database of the first schema, with jobs and runs in it, under today's. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class UpgradeTest {
  private static final String NAME = "of_the_first_schema";

  private static final String HISTORY =
      """
      INSERT INTO app (name, title, registration) VALUES ('billing', 'Billing', 'AUTO');
      INSERT INTO job (app_id, name, title, handler, schedule_kind, schedule_text, spec, enabled,
                       completed, next_fire_at, updated_by)
      SELECT id, n.name, n.name, 'settle', n.kind, n.kind, '{"schedule": "none", "handler": "settle"}',
             n.enabled, n.completed, n.next_at::timestamptz, 'wang'
        FROM app, (VALUES ('hourly', 'fixedRate', true, false, '2026-01-02 11:00Z'),
                          ('awaits-its-end', 'fixedDelay', true, false, NULL),
                          ('ran-once', 'at', true, true, NULL),
                          ('off', 'fixedRate', false, false, NULL))
               AS n (name, kind, enabled, completed, next_at);
      INSERT INTO job_revision (job_uid, revision, spec, labels, author)
      SELECT uid, 1, spec, '{}', 'wang' FROM job;
      INSERT INTO node (id, app_id, address, sdk_version, app_version, slots, state, lease_until)
      SELECT 'node-1', id, '10.0.0.7', '1', '1', 4, 'ONLINE', now() FROM app;

      CREATE TABLE run_p20260102 (LIKE run INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
      ALTER TABLE run ATTACH PARTITION run_p20260102
        FOR VALUES FROM ('2026-01-02 00:00Z') TO ('2026-01-03 00:00Z');
      INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, state, node_id, wake_at,
                       finished_at)
      SELECT nextval('run_id'), n.at::timestamptz, j.uid, j.app_id, 1, 'SCHEDULE', n.state, 'node-1',
             n.wake_at::timestamptz, n.finished_at::timestamptz
        FROM job j, (VALUES ('2026-01-02 09:00Z', 'SUCCEEDED', NULL, '2026-01-02 09:00:05Z'),
                            ('2026-01-02 10:00Z', 'RUNNING', '2026-01-02 10:10Z', NULL),
                            ('2025-12-31 10:00Z', 'FAILED', NULL, '2025-12-31 10:10Z'))
                      AS n (at, state, wake_at, finished_at)
       WHERE j.name = 'hourly';
      INSERT INTO slot (job_uid, number, run_id, nominal_at)
      SELECT job_uid, 1, id, nominal_at FROM run WHERE state = 'RUNNING';
      """;

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  @BeforeEach
  void firstSchema() throws SQLException {
    execute(url, "DROP DATABASE IF EXISTS " + NAME, "CREATE DATABASE " + NAME);
    flyway("1").migrate();
    execute(older(), HISTORY);
  }

  @Test
  @DisplayName("all jobs and runs are there, and who was due is due at the same time")
  void nothingIsLost() throws SQLException {
    flyway("latest").migrate();

    assertThat(lines("SELECT name FROM job ORDER BY name"))
        .containsExactly("awaits-its-end", "hourly", "off", "ran-once");
    assertThat(
            lines(
                """
                SELECT name || ' ' || coalesce(to_char(next_fire_at AT TIME ZONE 'UTC', 'HH24:MI'), '-')
                  FROM job_fire JOIN job ON uid = job_uid ORDER BY name
                """))
        .containsExactly("awaits-its-end -", "hourly 11:00");
    assertThat(lines("SELECT tableoid::regclass || ' ' || state FROM run ORDER BY nominal_at"))
        .containsExactly("run_default FAILED", "run_p20260102 SUCCEEDED", "run_p20260102 RUNNING");
    assertThat(lines("SELECT r.state FROM slot s JOIN run r ON r.id = s.run_id"))
        .containsExactly("RUNNING");
  }

  @Test
  @DisplayName("days of runs that were there get the indexes and the room of those that are made")
  void oldDaysAreLikeNewOnes() throws SQLException {
    flyway("latest").migrate();

    assertThat(
            lines(
                """
                SELECT c.reloptions::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                 WHERE i.indrelid = 'run_p20260102'::regclass AND i.indisunique
                """))
        .hasSize(2)
        .containsOnly("{fillfactor=60}");
    execute(
        older(),
        """
        CREATE TABLE run_p20260103 (LIKE run INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
        ALTER TABLE run ATTACH PARTITION run_p20260103
          FOR VALUES FROM ('2026-01-03 00:00Z') TO ('2026-01-04 00:00Z')
        """);
    assertThat(indexesOf("20260102")).isNotEmpty().isEqualTo(indexesOf("20260103"));
  }

  /** Without the names of the partition, which are in those of the indexes too. */
  private List<String> indexesOf(String day) throws SQLException {
    return lines(
        """
        SELECT replace(replace(indexdef, '%s', ''), ' WITH (fillfactor=''60'')', '') AS def
          FROM pg_indexes WHERE tablename = 'run_p%s' ORDER BY def
        """
            .formatted(day, day));
  }

  private Flyway flyway(String target) {
    return Flyway.configure()
        .dataSource(older(), user, password)
        .locations("classpath:db/migration")
        .target(target)
        .load();
  }

  private String older() {
    return url.replaceFirst("/[^/?]+(\\?|$)", "/" + NAME + "$1");
  }

  private void execute(String address, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address, user, password);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> lines(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(older(), user, password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines;
    }
  }
}
