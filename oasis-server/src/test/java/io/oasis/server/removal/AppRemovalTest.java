package io.oasis.server.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestApp;
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
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class AppRemovalTest {
  private static final Force GENTLE = new Force(false, false);
  private static final Force KILL = new Force(true, false);

  @Inject TestApp app;
  @Inject TestApp others;
  @Inject Database database;
  @Inject Runs runs;
  @Inject FakeNodes nodes;
  @Inject AppRemoval removal;
  @Inject Apps apps;
  @Inject Jobs allJobs;
  @Inject Tokens tokens;

  private String node;

  @BeforeEach
  void prepare() {
    node = app.name() + "-node";
  }

  @Test
  @DisplayName("an app with jobs or nodes online is not removed without force, and says how many")
  void refused() {
    app.job("one", "schedule: none");
    app.job("two", "schedule: none");
    nodes.connect(node, app.id(), 4);

    Removal answer = removal.remove(app.name(), false, "kim");

    assertThat(answer)
        .isInstanceOfSatisfying(
            Removal.InUse.class,
            in -> {
              assertThat(in.by().jobs()).isEqualTo(2);
              assertThat(in.by().nodes().connected()).isEqualTo(1);
            });
    assertThat(apps.find(app.name())).isPresent();
    assertThat(removal.remove("no-such-app", false, "kim")).isEqualTo(new Removal.NoSuchApp());
    assertThat(removal.force("no-such-app", KILL, "kim")).isEqualTo(new Removal.NoSuchApp());
  }

  @Test
  @DisplayName(
      "GO3: force deletes the jobs, cancels what waits, forgets nodes, ends tokens; history stays")
  void takesAll() {
    long uid = app.job("waits", "schedule: {fixedRate: 1h}");
    app.job("other", "schedule: none", "title: Kept in the trail");
    long waiting = app.trigger("waits");
    app.await(waiting, RunState.QUEUED, "NO_EXECUTOR");
    nodes.connect(node, app.id(), 1);
    executorToken(app.name());
    Dependents seen = removal.dependents(app.name()).orElseThrow();

    Removal answer = removal.force(app.name(), GENTLE, "kim");

    assertThat(answer).isEqualTo(new Removal.Removed(seen));
    assertThat(seen)
        .isEqualTo(
            new Dependents(
                2, 0, new Dependents.Runs(1, 0), new Dependents.Nodes(1, 0), 1, List.of()));
    assertThat(app.run(waiting).state()).isEqualTo(RunState.CANCELLED);
    assertThat(app.run(waiting).reason()).contains("JOB_DELETED");
    assertThat(app.run(waiting).job()).isEqualTo(app.key("waits"));
    assertThat(apps.find(app.name())).isEmpty();
    assertThat(allJobs.find(app.key("waits"))).isEmpty();
    assertThat(count("node WHERE id = '" + node + "'")).isZero();
    assertThat(count("token WHERE app = '" + app.name() + "'")).isZero();
    assertThat(count("job_revision WHERE job_uid = " + uid)).isEqualTo(1);
    assertThat(count("job_fire WHERE job_uid = " + uid)).isZero();
    assertThat(audited("job " + app.key("other")))
        .containsExactly("test job.create", "kim job.delete Kept in the trail");
    assertThat(audited("app " + app.name())).contains("kim app.remove " + app.name());
    assertThat(
            count(
                "audit WHERE action = 'token.revoke' AND before ->> 'app' = '" + app.name() + "'"))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("force is refused while runs are under way, and then nothing is changed")
  void runsUnderWay() {
    app.job("busy", "schedule: none", "blocking: serial");
    nodes.connect(node, app.id(), 4);
    long running = app.trigger("busy");
    nodes.accept(nodes.next(node));
    long waiting = app.trigger("busy");
    app.await(waiting, RunState.QUEUED, "WAITING_SLOT");

    Removal answer = removal.force(app.name(), GENTLE, "kim");

    assertThat(answer)
        .isInstanceOfSatisfying(
            Removal.Running.class, by -> assertThat(by.by().runs().running()).isEqualTo(1));
    assertThat(app.run(running).state()).isEqualTo(RunState.RUNNING);
    assertThat(app.run(waiting).state()).isEqualTo(RunState.QUEUED);
    assertThat(allJobs.find(app.key("busy"))).isPresent();
    assertThat(count("node WHERE id = '" + node + "'")).isEqualTo(1);
  }

  @Test
  @DisplayName("KL5: force with kill has the node stop its runs and says that nobody confirmed it")
  void kills() {
    app.job("busy", "schedule: none", "blocking: serial", "retry: {max: 3, backoff: 1s}");
    nodes.connect(node, app.id(), 4);
    long running = app.trigger("busy");
    Assignment taken = nodes.next(node);
    nodes.accept(taken);
    long waiting = app.trigger("busy");
    app.await(waiting, RunState.QUEUED, "WAITING_SLOT");

    Removal answer = removal.force(app.name(), KILL, "kim");

    assertThat(answer).isInstanceOf(Removal.Removed.class);
    assertThat(nodes.nextStop(node)).isEqualTo(taken.run());
    app.await(running, RunState.KILLED, "UNCONFIRMED");
    app.await(waiting, RunState.CANCELLED, "JOB_DELETED");
    assertThat(app.run(running).message().orElseThrow()).contains("kim", "its app was removed");
    assertThat(nodes.finish(taken.run(), Outcome.SUCCEEDED, "")).isEqualTo(Answer.FENCED);
    assertThat(app.run(running).state()).isEqualTo(RunState.KILLED);
    assertThat(count("slot WHERE run_id = " + running)).isZero();
  }

  @Test
  @DisplayName("force with kill ends the members of a broadcast and what is asked to stop already")
  void killsMembers() {
    List<String> two = List.of(node + "-1", node + "-2");
    app.job("all", "schedule: none", "routing: broadcast");
    app.job("stuck", "schedule: none");
    two.forEach(name -> nodes.connect(name, app.id(), 4));
    long all = app.trigger("all");
    nodes.accept(nodes.next(two.get(0)));
    nodes.next(two.get(1));
    long stuck = app.trigger("stuck");
    app.await(stuck, RunState.DISPATCHED, "");
    runs.cancel(stuck, "li", Optional.empty());

    Removal answer = removal.force(app.name(), KILL, "kim");

    assertThat(answer).isInstanceOf(Removal.Removed.class);
    app.await(all, RunState.KILLED, "UNCONFIRMED");
    app.await(stuck, RunState.KILLED, "UNCONFIRMED");
    assertThat(count("attempt WHERE run_id = " + all + " AND member > 0 AND state = 'KILLED'"))
        .isEqualTo(2);
  }

  @Test
  @DisplayName("GO7: what Git sources own goes only when that is said, and is drift then")
  void owned() {
    app.job("mine", "schedule: none");
    long theirs = app.job("theirs", "schedule: none");
    app.sql("UPDATE job SET source = 'infra', applied_revision = revision WHERE uid = ?", theirs);

    Removal refused = removal.force(app.name(), GENTLE, "kim");

    assertThat(refused)
        .isInstanceOfSatisfying(
            Removal.Owned.class,
            by -> {
              assertThat(by.by().sources()).containsExactly("infra");
              assertThat(by.by().ownedJobs()).isEqualTo(1);
            });
    assertThat(apps.find(app.name())).isPresent();
    assertThat(removal.force(app.name(), new Force(false, true), "kim"))
        .isInstanceOf(Removal.Removed.class);
    assertThat(count("job WHERE applied_revision IS NOT NULL AND uid = " + theirs)).isEqualTo(1);
  }

  @Test
  @DisplayName("an app that a source owns goes knowingly only, also when nothing depends on it")
  void ownedAndBare() {
    app.job("gone", "schedule: none");
    allJobs.delete(app.key("gone"), "kim");
    app.sql("UPDATE app SET source = 'infra' WHERE id = ?", app.id());

    Removal refused = removal.remove(app.name(), false, "kim");

    assertThat(refused)
        .isInstanceOfSatisfying(
            Removal.Owned.class, by -> assertThat(by.by().sources()).containsExactly("infra"));
    assertThat(removal.remove(app.name(), true, "kim")).isInstanceOf(Removal.Removed.class);
  }

  @Test
  @DisplayName("rows of other apps are not touched")
  void othersStay() {
    others.job("same", "schedule: {fixedRate: 1h}");
    app.job("same", "schedule: {fixedRate: 1h}");
    nodes.connect(others.name() + "-node", others.id(), 1);
    long running = others.trigger("same");
    nodes.accept(nodes.next(others.name() + "-node"));
    long token = executorToken(others.name());
    long unbound = executorToken(null);

    removal.force(app.name(), KILL, "kim");

    assertThat(allJobs.find(others.key("same")).orElseThrow().job().nextFireAt()).isPresent();
    assertThat(others.run(running).state()).isEqualTo(RunState.RUNNING);
    assertThat(apps.find(others.name()).map(App::nodes).orElseThrow().online()).isEqualTo(1);
    assertThat(tokens.stillValid(Set.of(token, unbound))).hasSize(2);
  }

  @Test
  @DisplayName("the name begins anew: an app made by hand has neither jobs nor runs of the old one")
  void beginsAnew() {
    long before = app.job("same", "schedule: none");
    assertThat(removal.force(app.name(), GENTLE, "kim")).isInstanceOf(Removal.Removed.class);
    assertThat(registered()).isEqualTo(new Apps.Registration.Barred());

    long after = app.job("other", "schedule: none");

    assertThat(after).isNotEqualTo(before);
    assertThat(allJobs.find(app.key("same"))).isEmpty();
    assertThat(registered()).isInstanceOf(Apps.Registration.Found.class);
  }

  @Test
  @DisplayName("an app that was removed without force may come back with its first executor")
  void registersAgain() {
    app.job("gone", "schedule: none");
    allJobs.delete(app.key("gone"), "kim");

    assertThat(removal.remove(app.name(), false, "kim")).isInstanceOf(Removal.Removed.class);

    assertThat(registered()).isInstanceOf(Apps.Registration.Registered.class);
  }

  @Test
  @DisplayName("an app of 5,000 jobs goes whole; times that passed while they were off are kept")
  void large() {
    app.job("seed", "schedule: {fixedRate: 1m}");
    app.sql(
        """
        INSERT INTO job (app_id, name, title, labels, handler, schedule_kind, schedule_text,
          time_zone, owner_name, owner_email, spec, revision, enabled, anchor_at, updated_by)
        SELECT j.app_id, 'copy-' || n, '', j.labels, j.handler, j.schedule_kind, j.schedule_text,
          j.time_zone, '', '', j.spec, 1, true, now() - interval '2 hours', 'test'
        FROM job j CROSS JOIN generate_series(1, 4999) AS n
        WHERE j.app_id = ?""",
        app.id());
    app.sql(
        """
        INSERT INTO job_revision (job_uid, revision, spec, labels, author, via)
        SELECT uid, 1, spec, labels, 'test', 'apply' FROM job
        WHERE app_id = ? AND name LIKE 'copy-%'""",
        app.id());
    app.sql(
        """
        INSERT INTO job_fire (job_uid, revision, next_fire_at)
        SELECT uid, 1, now() + interval '1 hour' FROM job
        WHERE app_id = ? AND name LIKE 'copy-%'""",
        app.id());
    app.sql(
        """
        UPDATE job SET enabled = false, disabled_at = now()
        WHERE app_id = ? AND name LIKE 'copy-1%'""",
        app.id());
    app.sql(
        """
        UPDATE job_term SET since = now() - interval '1 hour', withdrawn_at = NULL
        WHERE state = 'OFF' AND job_uid IN (SELECT uid FROM job WHERE app_id = ?)""",
        app.id());
    long id = app.id();

    Removal answer = removal.force(app.name(), GENTLE, "kim");

    assertThat(answer)
        .isInstanceOfSatisfying(
            Removal.Removed.class, gone -> assertThat(gone.with().jobs()).isEqualTo(5000));
    assertThat(count("job WHERE deleted_at IS NULL AND app_id = " + id)).isZero();
    assertThat(count("audit WHERE action = 'job.delete' AND app = '" + app.name() + "'"))
        .isEqualTo(5000);
    assertThat(count("run WHERE state = 'SKIPPED' AND stretch_count >= 59 AND app_id = " + id))
        .isEqualTo(1111);
  }

  /** What an executor hears that comes with the app's name. */
  private Apps.Registration registered() {
    return database.call(tx -> apps.findOrRegister(tx, app.name(), "executor"));
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
