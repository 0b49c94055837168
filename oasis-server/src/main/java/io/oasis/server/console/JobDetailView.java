package io.oasis.server.console;

import io.oasis.manifest.Alarm;
import io.oasis.manifest.FieldChange;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Retry;
import io.oasis.manifest.SpecForm;
import io.oasis.server.job.Job;
import io.oasis.server.job.JobDetail;
import io.oasis.server.job.JobRevision;
import io.oasis.server.job.UnreadableSpec;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.ui.EditMessages;
import io.oasis.ui.page.JobDetailPage;
import io.oasis.ui.row.BlockingWord;
import io.oasis.ui.row.Field;
import io.oasis.ui.row.IncidentRow;
import io.oasis.ui.row.RoutingWord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turns one job into its page. */
final class JobDetailView {
  private static final int SPARK_WIDTH = 200;
  private static final int SPARK_HEIGHT = 32;
  private static final int FEWEST_FOR_SPARK = 3;

  private final Speech speech;

  JobDetailView(Speech speech) {
    this.speech = speech;
  }

  JobDetailPage.Facts facts(JobDetail detail) {
    Job job = detail.job();
    JobSpec spec = detail.spec();
    return new JobDetailPage.Facts(
        job.revision(),
        new JobDetailPage.Changed(
            speech.moment(job.history().updatedAt()), job.history().updatedBy()),
        job.state() == Job.State.OFF ? job.disabledReason().orElse("") : "",
        detail.unreadable().map(UnreadableSpec::why).orElse(""),
        RoutingWord.valueOf(spec.routing().strategy().name()),
        BlockingWord.valueOf(spec.blocking().strategy().name()),
        speech.duration(spec.timeouts().run()),
        retries(spec.retry()),
        job.owner().name().isEmpty() ? "" : job.owner().email(),
        RunDetailView.pairs(job.labels()));
  }

  private String retries(Retry retry) {
    return retry.max() == 0
        ? ""
        : speech
            .sentences()
            .retryWords(Integer.toString(retry.max()), speech.duration(retry.backoff()));
  }

  List<JobDetailPage.Fire> fires(JobDetail detail) {
    String name = detail.job().schedule().zone();
    ZoneId zone = name == null ? speech.zone() : zone(name);
    return detail.nextFires().stream().map(at -> fire(at, zone)).toList();
  }

  /** A nominal time in the job's zone and in the viewer's. */
  JobDetailPage.Fire fire(Instant at, ZoneId zone) {
    return new JobDetailPage.Fire(speech.inZone(at, zone), speech.moment(at), sameClock(at, zone));
  }

  /** Two zones that show the same time need not both be shown. */
  private boolean sameClock(Instant at, ZoneId zone) {
    return zone.getRules().getOffset(at).equals(speech.zone().getRules().getOffset(at));
  }

  private ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return speech.zone();
    }
  }

  /**
   * How long runs take.
   *
   * @param runs newest first
   */
  JobDetailPage.Speed speed(List<RunView> runs) {
    List<Duration> durations =
        new ArrayList<>(
            runs.stream()
                .filter(run -> run.state() == RunState.SUCCEEDED)
                .flatMap(run -> run.times().duration().stream())
                .toList());
    if (durations.size() < FEWEST_FOR_SPARK) {
      return new JobDetailPage.Speed("", "", "");
    }
    Collections.reverse(durations);
    List<Duration> sorted = durations.stream().sorted().toList();
    return new JobDetailPage.Speed(
        points(durations),
        speech.duration(percentile(sorted, 50)),
        speech.duration(percentile(sorted, 95)));
  }

  /** Nearest rank: the smallest value that at least so many percent do not exceed. */
  private static Duration percentile(List<Duration> sorted, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
    return sorted.get(Math.max(1, rank) - 1);
  }

  private static String points(List<Duration> durations) {
    long most = Math.max(1, Collections.max(durations).toMillis());
    double step = (double) SPARK_WIDTH / (durations.size() - 1);
    return IntStream.range(0, durations.size())
        .mapToObj(
            i ->
                String.format(
                    Locale.ROOT,
                    "%.1f,%.1f",
                    i * step,
                    SPARK_HEIGHT - 2 - (SPARK_HEIGHT - 4.0) * durations.get(i).toMillis() / most))
        .collect(Collectors.joining(" "));
  }

  /**
   * Every revision with what it changed.
   *
   * @param revisions newest first
   */
  List<JobDetailPage.Revision> revisions(List<JobRevision> revisions) {
    List<JobDetailPage.Revision> rows = new ArrayList<>();
    JobRows words = new JobRows(speech);
    for (int i = 0; i < revisions.size(); i++) {
      JobRevision revision = revisions.get(i);
      JobRevision before = i + 1 < revisions.size() ? revisions.get(i + 1) : revision;
      Optional<String> source = revision.source();
      rows.add(
          new JobDetailPage.Revision(
              revision.revision(),
              speech.moment(revision.createdAt()),
              revision.author(),
              source.map(name -> words.source(name, revision.commit())).orElse(""),
              revision.reason().orElse(""),
              changes(before, revision)));
    }
    return rows;
  }

  /**
   * What has changed since a revision.
   *
   * @param revisions newest first
   */
  Optional<JobDetailPage.Since> since(int number, List<JobRevision> revisions) {
    return revisions.stream()
        .filter(revision -> revision.revision() == number)
        .findFirst()
        .map(then -> new JobDetailPage.Since(number, changes(then, revisions.get(0))));
  }

  /** Who is told of what, and what went wrong. */
  JobDetailPage.Tab.Alarms alarms(JobDetail detail, List<IncidentRow> incidents) {
    Alarm alarm = detail.spec().alarm();
    return new JobDetailPage.Tab.Alarms(
        alarm.on().stream().sorted().map(this::event).collect(Collectors.joining(", ")),
        String.join(", ", alarm.mail()),
        incidents);
  }

  private String event(Alarm.Event event) {
    EditMessages say = speech.edit();
    return switch (event) {
      case FAILURE -> say.alarmFailure();
      case TIMEOUT -> say.alarmTimeout();
      case LOST -> say.alarmLost();
      case MISSED -> say.alarmMissed();
    };
  }

  /** The form that runs the job once, as it opens. */
  static JobDetailPage.Start start(JobDetail detail) {
    return new JobDetailPage.Start(
        false, RunDetailView.pairs(detail.spec().params()), Field.EMPTY, false);
  }

  private static List<JobDetailPage.Change> changes(JobRevision before, JobRevision after) {
    return SpecForm.diff(form(before), form(after)).stream().map(JobDetailView::change).toList();
  }

  /** The spec, and the labels, which no spec has. */
  private static Map<String, Object> form(JobRevision revision) {
    Map<String, Object> form = new LinkedHashMap<>(revision.spec());
    if (!revision.labels().isEmpty()) {
      form.put("labels", new TreeMap<>(revision.labels()));
    }
    return form;
  }

  private static JobDetailPage.Change change(FieldChange change) {
    return new JobDetailPage.Change(
        change.path(),
        change.before() == null ? "" : change.before(),
        change.after() == null ? "" : change.after());
  }
}
