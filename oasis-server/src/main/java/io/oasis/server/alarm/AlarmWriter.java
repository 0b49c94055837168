package io.oasis.server.alarm;

import io.oasis.manifest.Alarm;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.LedgerListener;
import io.oasis.server.run.NewStretch;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import io.oasis.server.run.StretchListener;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Opens, counts and resolves incidents in the transaction that writes the final states, and puts
 * what is to be said into the outbox.
 *
 * <p>It comes after the other listeners, who lock jobs and slots: incidents are locked last by
 * everybody, in the order of their jobs, so that nobody waits in a circle.
 */
@ApplicationScoped
@Priority(-100)
public class AlarmWriter implements LedgerListener, StretchListener {
  private static final Logger LOG = Logger.getLogger(AlarmWriter.class);

  private final AlarmWriteStore store;
  private final JobVersions versions;
  private final Wakeups wakeups;
  private final AlarmConfig config;
  private final Optional<String> webhook;

  public AlarmWriter(
      AlarmWriteStore store,
      JobVersions versions,
      Wakeups wakeups,
      AlarmConfig config,
      WebhookConfig webhook) {
    this.store = store;
    this.versions = versions;
    this.wakeups = wakeups;
    this.config = config;
    this.webhook = WebhookSink.shown(webhook);
  }

  /** A run that is over, of a job that has an alarm. */
  record Ended(JobVersion job, RunRow run, Optional<Alarm.Event> trouble) {
    Instant at() {
      return run.standing().finishedAt().orElseThrow();
    }
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<RunRow> over =
        steps.stream().filter(Step::ends).map(Step::after).filter(AlarmWriter::matters).toList();
    List<Runnable> afterCommit = new ArrayList<>();
    if (!over.isEmpty()) {
      write(tx, withAlarm(tx, over), afterCommit);
    }
    return () -> afterCommit.forEach(Runnable::run);
  }

  @Override
  public void written(Tx tx, List<NewStretch> stretches, List<Long> runIds) {
    List<Trouble> missed = new ArrayList<>();
    for (int i = 0; i < stretches.size(); i++) {
      NewStretch stretch = stretches.get(i);
      boolean wanted =
          stretch.state() == RunState.MISSED
              && stretch.job().spec().alarm().on().contains(Alarm.Event.MISSED);
      if (wanted && runIds.get(i) != null) {
        missed.add(Trouble.missed(stretch, runIds.get(i)));
      }
    }
    List<Runnable> lines = new ArrayList<>();
    open(tx, missed, lines);
    // The trigger has nothing to do after its commit; if that fails, the next turn says it again.
    lines.forEach(Runnable::run);
  }

  private static boolean matters(RunRow run) {
    return run.state() == RunState.SUCCEEDED || trouble(run.state()).isPresent();
  }

  /** What kind of trouble a final state is. What somebody or a rule stopped is none. */
  private static Optional<Alarm.Event> trouble(RunState state) {
    return switch (state) {
      case FAILED -> Optional.of(Alarm.Event.FAILURE);
      case TIMED_OUT -> Optional.of(Alarm.Event.TIMEOUT);
      case LOST -> Optional.of(Alarm.Event.LOST);
      case MISSED -> Optional.of(Alarm.Event.MISSED);
      case QUEUED, DISPATCHED, RUNNING, KILLING, SUCCEEDED, KILLED, CANCELLED, SKIPPED, COALESCED ->
          Optional.empty();
    };
  }

  /** Those of jobs that have alarms, as they ended. The revisions are in memory. */
  private List<Ended> withAlarm(Tx tx, List<RunRow> over) {
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, over.stream().map(RunRow::version).toList());
    List<Ended> ended = new ArrayList<>();
    for (RunRow run : over) {
      JobVersion job = known.get(run.version());
      Optional<Alarm.Event> trouble = trouble(run.state());
      boolean told = job != null && !job.spec().alarm().on().isEmpty();
      if (told && trouble.map(job.spec().alarm().on()::contains).orElse(true)) {
        ended.add(new Ended(job, run, trouble));
      }
    }
    ended.sort(Comparator.comparing(Ended::at).thenComparingLong(e -> e.run().id()));
    return ended;
  }

  /**
   * A success ends what came before it, and not what came after it; of several successes of a job
   * the last one counts.
   */
  private void write(Tx tx, List<Ended> ended, List<Runnable> afterCommit) {
    Map<Long, Integer> lastSuccess = new HashMap<>();
    for (int i = 0; i < ended.size(); i++) {
      if (ended.get(i).trouble().isEmpty()) {
        lastSuccess.put(ended.get(i).job().id().jobUid(), i);
      }
    }
    List<Trouble> before = new ArrayList<>();
    List<Trouble> after = new ArrayList<>();
    for (int i = 0; i < ended.size(); i++) {
      Ended one = ended.get(i);
      if (one.trouble().isPresent()) {
        boolean later = i > lastSuccess.getOrDefault(one.job().id().jobUid(), -1);
        (later ? after : before).add(Trouble.of(one));
      }
    }
    open(tx, before, afterCommit);
    resolve(tx, lastSuccess.values().stream().sorted().map(ended::get).toList(), afterCommit);
    open(tx, after, afterCommit);
  }

  private void open(Tx tx, List<Trouble> troubles, List<Runnable> afterCommit) {
    if (troubles.isEmpty()) {
      return;
    }
    Map<Trouble.Key, Trouble> byKey = new HashMap<>();
    troubles.forEach(t -> byKey.merge(t.key(), t, Trouble::and));
    List<Saying> sayings = new ArrayList<>();
    for (AlarmWriteStore.Opened opened : store.open(tx, List.copyOf(byKey.values()))) {
      Trouble trouble = byKey.get(opened.key());
      afterCommit.add(() -> logOpened(opened, trouble));
      if (opened.told()) {
        sayings.add(
            new Saying(
                opened.incident(),
                opened.isNew() ? Delivery.Event.OPENED : Delivery.Event.REPEATED,
                trouble.job(),
                trouble.lastRun(),
                opened.failures()));
      }
    }
    say(tx, sayings);
  }

  private void resolve(Tx tx, List<Ended> successes, List<Runnable> afterCommit) {
    if (successes.isEmpty()) {
      return;
    }
    Map<Long, Ended> byJob = new HashMap<>();
    successes.forEach(s -> byJob.put(s.job().id().jobUid(), s));
    List<AlarmWriteStore.Open> open = store.lockOpen(tx, byJob.keySet());
    if (open.isEmpty()) {
      return;
    }
    store.resolve(tx, open, byJob);
    List<Saying> sayings = new ArrayList<>();
    for (AlarmWriteStore.Open incident : open) {
      Ended success = byJob.get(incident.jobUid());
      afterCommit.add(
          () ->
              LOG.infof(
                  "incident=%d job=%s run=%d resolved",
                  incident.id(), success.job().key(), success.run().id()));
      if (success.job().spec().alarm().recovery()) {
        sayings.add(
            new Saying(
                incident.id(),
                Delivery.Event.RECOVERED,
                success.job(),
                success.run().id(),
                incident.failures()));
      }
    }
    say(tx, sayings);
  }

  private static void logOpened(AlarmWriteStore.Opened opened, Trouble trouble) {
    LOG.infof(
        "incident=%d job=%s run=%d %s: %s, failure %d",
        opened.incident(),
        trouble.job().key(),
        trouble.lastRun(),
        trouble.key().kind(),
        opened.isNew() ? "opened" : "goes on",
        opened.failures());
  }

  /** Something that is to be said to everybody whom the job names. */
  private record Saying(
      long incident, Delivery.Event event, JobVersion job, long run, long failures) {}

  private void say(Tx tx, List<Saying> sayings) {
    List<AlarmWriteStore.Line> lines = new ArrayList<>();
    Map<Long, String> owners =
        store.ownerAddresses(
            tx,
            sayings.stream()
                .map(Saying::job)
                .filter(AlarmWriter::asksForAppsOwner)
                .map(JobVersion::appId)
                .distinct()
                .toList());
    for (Saying saying : sayings) {
      Alarm alarm = saying.job().spec().alarm();
      String language = alarm.language().orElse(config.defaultLanguage().tag());
      String own = saying.job().spec().owner().email();
      String owner = own.isEmpty() ? owners.getOrDefault(saying.job().appId(), "") : own;
      alarm.mail().stream()
          .map(to -> to.equals(AlarmWriteStore.OWNER) && !owner.isEmpty() ? owner : to)
          .distinct()
          .map(
              to ->
                  new AlarmWriteStore.Line(
                      saying.incident(),
                      saying.event(),
                      saying.run(),
                      saying.failures(),
                      Delivery.Channel.MAIL,
                      to,
                      language))
          .forEach(lines::add);
      webhook.ifPresent(
          to ->
              lines.add(
                  new AlarmWriteStore.Line(
                      saying.incident(),
                      saying.event(),
                      saying.run(),
                      saying.failures(),
                      Delivery.Channel.WEBHOOK,
                      to,
                      language)));
    }
    if (!lines.isEmpty()) {
      store.insert(tx, lines, config.gather());
      wakeups.send(tx, Wakeups.ALARMS);
    }
  }

  private static boolean asksForAppsOwner(JobVersion job) {
    return job.spec().owner().email().isEmpty()
        && job.spec().alarm().mail().contains(AlarmWriteStore.OWNER);
  }
}
