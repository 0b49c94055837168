package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SourceFile;
import io.oasis.server.apply.Applier;
import io.oasis.server.apply.ApplyOutcome;
import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobDraft;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An app of its own for a test, and jobs in it. */
public final class TestJobs {
  private final Applier applier;
  private final Database database;
  private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);

  public TestJobs(Applier applier, Database database) {
    this.applier = applier;
    this.database = database;
  }

  public String app() {
    return app;
  }

  public JobKey key(String name) {
    return new JobKey(app, name);
  }

  /**
   * Applies the app with one job.
   *
   * @param spec lines of the job's spec; the handler is {@code work} unless one names it
   * @return the job's uid
   */
  public long job(String name, String... spec) {
    return apply(name, "", spec);
  }

  /** {@link #job} for one that had another name before. */
  public long renamed(String name, String before, String... spec) {
    return apply(name, ", renamedFrom: " + before, spec);
  }

  private long apply(String name, String metadata, String... spec) {
    String text =
        """
        apiVersion: oasis/v1
        kind: App
        metadata: {name: %s}
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: %s%s}
        spec:
          %s%s
        """
            .formatted(
                app,
                app,
                name,
                metadata,
                List.of(spec).stream().anyMatch(line -> line.startsWith("handler:"))
                    ? ""
                    : "handler: work\n  ",
                String.join("\n  ", spec));
    ApplyOutcome outcome =
        applier.apply(
            new ApplyRequest(
                List.of(new SourceFile("test.yaml", text.getBytes(StandardCharsets.UTF_8))),
                new JobDraft.Origin(
                    "test", "test", Optional.empty(), Optional.empty(), Optional.empty()),
                new Reach.Everything(),
                Duration.ofDays(1)));
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
    return database.call(
        tx ->
            tx.one(
                """
                SELECT j.uid FROM job j JOIN app a ON a.id = j.app_id
                 WHERE a.name = ? AND j.name = ? AND j.deleted_at IS NULL
                """,
                row -> row.longNumber("uid"),
                app,
                name));
  }

  public long appId() {
    return database.call(
        tx -> tx.one("SELECT id FROM app WHERE name = ?", r -> r.longNumber("id"), app));
  }
}
