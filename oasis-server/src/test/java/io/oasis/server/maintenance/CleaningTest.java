package io.oasis.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class CleaningTest {
  @Inject Database database;
  @Inject Cleaning cleaning;

  @Test
  @DisplayName("trigger keys go after a day and tokens a week after their end; younger ones stay")
  void cleans() {
    String mark = "test-" + UUID.randomUUID();
    database.run(
        tx -> {
          tx.update(
              """
              INSERT INTO trigger_key (job_uid, key, run_id, created_at) VALUES
                (1, ?, 1, now() - interval '25 hours'), (1, ?, 2, now() - interval '23 hours')
              """,
              mark + "-old",
              mark + "-young");
          tx.update(
              """
              INSERT INTO token (kind, name, hash, created_by, expires_at) VALUES
                ('EXECUTOR', ?, decode(md5(?), 'hex'), 'test', now() - interval '8 days'),
                ('EXECUTOR', ?, decode(md5(?), 'hex'), 'test', now() - interval '6 days')
              """,
              mark + "-old",
              mark + "-old",
              mark + "-young",
              mark + "-young");
        });

    cleaning.runOnce();

    assertThat(left("SELECT key AS name FROM trigger_key WHERE key LIKE ?", mark))
        .containsExactly(mark + "-young");
    assertThat(left("SELECT name FROM token WHERE name LIKE ?", mark))
        .containsExactly(mark + "-young");
  }

  private List<String> left(String sql, String mark) {
    return database.call(tx -> tx.query(sql, row -> row.text("name"), mark + "%"));
  }
}
