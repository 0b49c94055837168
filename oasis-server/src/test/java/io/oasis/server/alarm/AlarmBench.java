package io.oasis.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.oasis.server.run.TriggerRequest;
import io.oasis.server.run.TriggerResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An app with a node, jobs in it, and runs that end as the test says. */
final class AlarmBench {
  private final Database database;
  private final Runs runs;
  private final FakeNodes nodes;
  private final TestJobs jobs;

  AlarmBench(Applier applier, Database database, Runs runs, FakeNodes nodes) {
    this.database = database;
    this.runs = runs;
    this.nodes = nodes;
    this.jobs = new TestJobs(applier, database);
  }

  String app() {
    return jobs.app();
  }

  String node() {
    return jobs.app() + "-node";
  }

  String key(String job) {
    return jobs.app() + "/" + job;
  }

  /** An address that nobody else uses. */
  String address(String name) {
    return name + "@" + jobs.app() + ".example";
  }

  /** A job without a schedule, and the node for it. */
  long job(String name, String... spec) {
    String[] lines = new String[spec.length + 1];
    lines[0] = "schedule: none";
    System.arraycopy(spec, 0, lines, 1, spec.length);
    long uid = jobs.job(name, lines);
    nodes.connect(node(), jobs.appId(), 100);
    return uid;
  }

  /** A job as it is written. */
  long scheduled(String name, String... spec) {
    return jobs.job(name, spec);
  }

  long trigger(String job) {
    TriggerResult result =
        runs.trigger(
            new TriggerRequest(jobs.key(job), Map.of(), Trigger.MANUAL, "li", Optional.empty()));
    assertThat(result).isInstanceOf(TriggerResult.Created.class);
    return ((TriggerResult.Created) result).run().id();
  }

  /** One run from trigger to end. */
  long run(String job, Outcome outcome, String message) {
    long id = trigger(job);
    Assignment assignment = nodes.next(node());
    nodes.accept(assignment);
    nodes.finish(assignment.run(), outcome, message);
    return id;
  }

  long fails(String job, String message) {
    return run(job, Outcome.FAILED, message);
  }

  long succeeds(String job) {
    return run(job, Outcome.SUCCEEDED, "");
  }

  /** A row of an incident: kind, failures and whether it is open. */
  record Row(String kind, long failures, boolean open) {}

  List<Row> incidents(long jobUid) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT kind, failures, resolved_at IS NULL AS open FROM incident
                 WHERE job_uid = ? ORDER BY id
                """,
                row -> new Row(row.text("kind"), row.longNumber("failures"), row.flag("open")),
                jobUid));
  }

  /** What was written to be said of a job, oldest first: event, address and state. */
  List<String> outbox(long jobUid) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT a.event || ' ' || a.address || ' ' || a.state AS line
                  FROM alarm a JOIN incident i ON i.id = a.incident_id
                 WHERE i.job_uid = ? ORDER BY a.id
                """,
                row -> row.text("line"),
                jobUid));
  }

  /** As if the last word had been said so much earlier. */
  void age(long jobUid, int minutes) {
    database.run(
        tx ->
            tx.update(
                "UPDATE incident SET told_at = told_at - ? * interval '1 minute' WHERE job_uid = ?",
                minutes,
                jobUid));
  }
}
