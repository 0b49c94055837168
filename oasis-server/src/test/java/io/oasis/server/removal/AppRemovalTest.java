package io.oasis.server.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.dispatch.TestRuns;
import io.oasis.server.identity.Token;
import io.oasis.server.identity.Tokens;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Runs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class AppRemovalTest {
  private static final Force GENTLE = new Force(false, false);
  private static final Force KILL = new Force(true, false);

  @Inject Applier applier;
  @Inject Database database;
  @Inject Runs runs;
  @Inject FakeNodes nodes;
  @Inject AppRemoval removal;
  @Inject Apps apps;
  @Inject Jobs allJobs;
  @Inject Tokens tokens;

  private TestJobs jobs;
  private TestRuns test;
  private String node;

  @BeforeEach
  void app() {
    jobs = new TestJobs(applier, database);
    test = new TestRuns(runs, database, jobs);
    node = jobs.app() + "-node";
  }

  @Test
  @DisplayName("an app with jobs or nodes online is not removed without force, and says how many")
  void refused() {
    jobs.job("one", "schedule: none");
    jobs.job("two", "schedule: none");
    nodes.connect(node, jobs.appId(), 4);

    Removal answer = removal.remove(jobs.app(), "kim");

    assertThat(answer)
        .isInstanceOfSatisfying(
            Removal.InUse.class,
            in -> {
              assertThat(in.by().jobs()).isEqualTo(2);
              assertThat(in.by().nodes().connected()).isEqualTo(1);
            });
    assertThat(apps.find(jobs.app())).isPresent();
    assertThat(removal.remove("no-such-app", "kim")).isEqualTo(new Removal.NoSuchApp());
    assertThat(removal.force("no-such-app", KILL, "kim")).isEqualTo(new Removal.NoSuchApp());
  }

  @Test
  @DisplayName(
      "GO3: force deletes the jobs, cancels what waits, forgets nodes, ends tokens; history stays")
  void takesAll() {
    long uid = jobs.job("waits", "schedule: {fixedRate: 1h}");
    jobs.job("other", "schedule: none", "title: Kept in the trail");
    long waiting = test.trigger("waits");
    test.await(waiting, RunState.QUEUED, "NO_EXECUTOR");
    nodes.connect(node, jobs.appId(), 1);
    executorToken(jobs.app());
    Dependents seen = removal.dependents(jobs.app()).orElseThrow();

    Removal answer = removal.force(jobs.app(), GENTLE, "kim");

    assertThat(answer).isEqualTo(new Removal.Removed(seen));
    assertThat(seen)
        .isEqualTo(
            new Dependents(
                2, 0, new Dependents.Runs(1, 0), new Dependents.Nodes(1, 0), 1, List.of()));
    assertThat(test.run(waiting).state()).isEqualTo(RunState.CANCELLED);
    assertThat(test.run(waiting).reason()).contains("JOB_DELETED");
    assertThat(test.run(waiting).job()).isEqualTo(jobs.key("waits"));
    assertThat(apps.find(jobs.app())).isEmpty();
    assertThat(allJobs.find(jobs.key("waits"))).isEmpty();
    assertThat(count("node WHERE id = '" + node + "'")).isZero();
    assertThat(count("token WHERE app = '" + jobs.app() + "'")).isZero();
    assertThat(count("job_revision WHERE job_uid = " + uid)).isEqualTo(1);
    assertThat(count("job_fire WHERE job_uid = " + uid)).isZero();
    assertThat(audited("job " + jobs.key("other")))
        .containsExactly("test job.create", "kim job.delete Kept in the trail");
    assertThat(audited("app " + jobs.app())).contains("kim app.remove " + jobs.app());
    assertThat(
            count(
                "audit WHERE action = 'token.revoke' AND before ->> 'app' = '" + jobs.app() + "'"))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("force is refused while runs are under way, and then nothing is changed")
  void runsUnderWay() {
    jobs.job("busy", "schedule: none", "blocking: serial");
    nodes.connect(node, jobs.appId(), 4);
    long running = test.trigger("busy");
    nodes.accept(nodes.next(node));
    long waiting = test.trigger("busy");
    test.await(waiting, RunState.QUEUED, "WAITING_SLOT");

    Removal answer = removal.force(jobs.app(), GENTLE, "kim");

    assertThat(answer)
        .isInstanceOfSatisfying(
            Removal.Running.class, by -> assertThat(by.by().runs().running()).isEqualTo(1));
    assertThat(test.run(running).state()).isEqualTo(RunState.RUNNING);
    assertThat(test.run(waiting).state()).isEqualTo(RunState.QUEUED);
    assertThat(allJobs.find(jobs.key("busy"))).isPresent();
    assertThat(count("node WHERE id = '" + node + "'")).isEqualTo(1);
  }

  @Test
  @DisplayName("KL5: force with kill has the node stop its runs and says that nobody confirmed it")
  void kills() {
    jobs.job("busy", "schedule: none", "blocking: serial", "retry: {max: 3, backoff: 1s}");
    nodes.connect(node, jobs.appId(), 4);
    long running = test.trigger("busy");
    Assignment taken = nodes.next(node);
    nodes.accept(taken);
    long waiting = test.trigger("busy");
    test.await(waiting, RunState.QUEUED, "WAITING_SLOT");

    Removal answer = removal.force(jobs.app(), KILL, "kim");

    assertThat(answer).isInstanceOf(Removal.Removed.class);
    assertThat(nodes.nextStop(node)).isEqualTo(taken.run());
    test.await(running, RunState.KILLED, "UNCONFIRMED");
    test.await(waiting, RunState.CANCELLED, "JOB_DELETED");
    assertThat(test.run(running).message().orElseThrow()).contains("kim", "its app was removed");
    assertThat(nodes.finish(taken.run(), Outcome.SUCCEEDED, "")).isEqualTo(Answer.FENCED);
    assertThat(test.run(running).state()).isEqualTo(RunState.KILLED);
    assertThat(count("slot WHERE run_id = " + running)).isZero();
  }

  @Test
  @DisplayName("force with kill ends the members of a broadcast and what is asked to stop already")
  void killsMembers() {
    List<String> two = List.of(node + "-1", node + "-2");
    jobs.job("all", "schedule: none", "routing: broadcast");
    jobs.job("stuck", "schedule: none");
    two.forEach(name -> nodes.connect(name, jobs.appId(), 4));
    long all = test.trigger("all");
    nodes.accept(nodes.next(two.get(0)));
    nodes.next(two.get(1));
    long stuck = test.trigger("stuck");
    test.await(stuck, RunState.DISPATCHED, "");
    runs.cancel(stuck, "li", Optional.empty());

    Removal answer = removal.force(jobs.app(), KILL, "kim");

    assertThat(answer).isInstanceOf(Removal.Removed.class);
    test.await(all, RunState.KILLED, "UNCONFIRMED");
    test.await(stuck, RunState.KILLED, "UNCONFIRMED");
    assertThat(count("attempt WHERE run_id = " + all + " AND member > 0 AND state = 'KILLED'"))
        .isEqualTo(2);
  }

  @Test
  @DisplayName("GO7: what Git sources own goes only when that is said, and is drift then")
  void owned() {
    jobs.job("mine", "schedule: none");
    long theirs = jobs.job("theirs", "schedule: none");
    test.sql("UPDATE job SET source = 'infra', applied_revision = revision WHERE uid = ?", theirs);

    Removal refused = removal.force(jobs.app(), GENTLE, "kim");

    assertThat(refused)
        .isInstanceOfSatisfying(
            Removal.Owned.class,
            by -> {
              assertThat(by.by().sources()).containsExactly("infra");
              assertThat(by.by().ownedJobs()).isEqualTo(1);
            });
    assertThat(apps.find(jobs.app())).isPresent();
    assertThat(removal.force(jobs.app(), new Force(false, true), "kim"))
        .isInstanceOf(Removal.Removed.class);
    assertThat(count("job WHERE applied_revision IS NOT NULL AND uid = " + theirs)).isEqualTo(1);
  }

  @Test
  @DisplayName("rows of other apps are not touched")
  void othersStay() {
    TestJobs others = new TestJobs(applier, database);
    TestRuns theirs = new TestRuns(runs, database, others);
    others.job("same", "schedule: {fixedRate: 1h}");
    jobs.job("same", "schedule: {fixedRate: 1h}");
    nodes.connect(others.app() + "-node", others.appId(), 1);
    long running = theirs.trigger("same");
    nodes.accept(nodes.next(others.app() + "-node"));
    long token = executorToken(others.app());
    long unbound = executorToken(null);

    removal.force(jobs.app(), KILL, "kim");

    assertThat(allJobs.find(others.key("same")).orElseThrow().job().nextFireAt()).isPresent();
    assertThat(theirs.run(running).state()).isEqualTo(RunState.RUNNING);
    assertThat(apps.find(others.app()).map(App::nodes).orElseThrow().online()).isEqualTo(1);
    assertThat(tokens.stillValid(java.util.Set.of(token, unbound))).hasSize(2);
  }

  @Test
  @DisplayName("the name begins anew: an app made by hand has neither jobs nor runs of the old one")
  void beginsAnew() {
    long before = jobs.job("same", "schedule: none");
    assertThat(removal.force(jobs.app(), GENTLE, "kim")).isInstanceOf(Removal.Removed.class);
    assertThat(database.<Object>call(tx -> apps.findOrRegister(tx, jobs.app(), "executor")))
        .isEqualTo(new Apps.Registration.Barred());

    long after = jobs.job("other", "schedule: none");

    assertThat(after).isNotEqualTo(before);
    assertThat(allJobs.find(jobs.key("same"))).isEmpty();
    assertThat(database.<Object>call(tx -> apps.findOrRegister(tx, jobs.app(), "executor")))
        .isInstanceOf(Apps.Registration.Found.class);
  }

  @Test
  @DisplayName("an app that was removed without force may come back with its first executor")
  void registersAgain() {
    jobs.job("gone", "schedule: none");
    allJobs.delete(jobs.key("gone"), "kim");

    assertThat(removal.remove(jobs.app(), "kim")).isInstanceOf(Removal.Removed.class);

    assertThat(database.<Object>call(tx -> apps.findOrRegister(tx, jobs.app(), "executor")))
        .isInstanceOf(Apps.Registration.Registered.class);
  }

  @Test
  @DisplayName("an app of 5,000 jobs goes whole; times that passed while they were off are kept")
  void large() {
    jobs.job("seed", "schedule: {fixedRate: 1m}");
    test.sql(
        """
        INSERT INTO job (app_id, name, title, labels, handler, schedule_kind, schedule_text,
          time_zone, owner_name, owner_email, spec, revision, enabled, anchor_at, updated_by)
        SELECT j.app_id, 'copy-' || n, '', j.labels, j.handler, j.schedule_kind, j.schedule_text,
          j.time_zone, '', '', j.spec, 1, true, now() - interval '2 hours', 'test'
        FROM job j CROSS JOIN generate_series(1, 4999) AS n
        WHERE j.app_id = ?""",
        jobs.appId());
    test.sql(
        """
        INSERT INTO job_revision (job_uid, revision, spec, labels, author, via)
        SELECT uid, 1, spec, labels, 'test', 'apply' FROM job
        WHERE app_id = ? AND name LIKE 'copy-%'""",
        jobs.appId());
    test.sql(
        """
        INSERT INTO job_fire (job_uid, revision, next_fire_at)
        SELECT uid, 1, now() + interval '1 hour' FROM job
        WHERE app_id = ? AND name LIKE 'copy-%'""",
        jobs.appId());
    test.sql(
        """
        UPDATE job SET enabled = false, disabled_at = now()
        WHERE app_id = ? AND name LIKE 'copy-1%'""",
        jobs.appId());
    test.sql(
        """
        UPDATE job_term SET since = now() - interval '1 hour', withdrawn_at = NULL
        WHERE state = 'OFF' AND job_uid IN (SELECT uid FROM job WHERE app_id = ?)""",
        jobs.appId());
    long app = jobs.appId();

    Removal answer = removal.force(jobs.app(), GENTLE, "kim");

    assertThat(answer)
        .isInstanceOfSatisfying(
            Removal.Removed.class, gone -> assertThat(gone.with().jobs()).isEqualTo(5000));
    assertThat(count("job WHERE deleted_at IS NULL AND app_id = " + app)).isZero();
    assertThat(count("audit WHERE action = 'job.delete' AND app = '" + jobs.app() + "'"))
        .isEqualTo(5000);
    assertThat(count("run WHERE state = 'SKIPPED' AND stretch_count >= 59 AND app_id = " + app))
        .isEqualTo(1111);
  }

  private long executorToken(String app) {
    return tokens
        .create(
            new Tokens.NewToken(
                "test",
                Token.Kind.EXECUTOR,
                Optional.empty(),
                Optional.ofNullable(app),
                Duration.ofHours(1)),
            "test")
        .token()
        .id();
  }

  private long count(String from) {
    return database.call(
        tx -> tx.one("SELECT count(*) AS n FROM " + from, row -> row.longNumber("n")));
  }

  /** Who did what, and the title that it had before. */
  private List<String> audited(String object) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT concat_ws(' ', who, action, before ->> 'title') AS line FROM audit
                WHERE object = ? ORDER BY id""",
                row -> row.text("line"),
                object));
  }
}
