package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.ui.row.JobLink;
import io.oasis.ui.row.RunBadge;
import io.oasis.ui.row.RunRow;
import io.oasis.ui.row.TriggerWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns runs into rows. */
final class RunRows {
  private final Speech speech;

  RunRows(Speech speech) {
    this.speech = speech;
  }

  List<RunRow> rows(List<RunView> runs) {
    return runs.stream().map(this::row).toList();
  }

  RunRow row(RunView run) {
    return new RunRow(
        run.id(),
        link(run.job(), run.jobTitle()),
        badge(run.state()),
        run.state() == RunState.SUCCEEDED ? "" : speech.why(run.reason(), run.message()),
        TriggerWord.valueOf(run.trigger().name()),
        speech.moment(run.times().nominal()),
        speech.moment(started(run)),
        speech.duration(duration(run)),
        // Of a later attempt it would be the wait for the retry.
        run.attempt() > 1 ? "" : speech.duration(run.times().lateness()),
        run.attempt() > 1 ? run.attempt() + "/" + run.maxAttempts() : "",
        waits(run) ? "" : run.node().orElse(""),
        run.handler());
  }

  static RunBadge badge(RunState state) {
    return RunBadge.valueOf(state.name());
  }

  static JobLink link(JobKey key, String title) {
    return new JobLink(key.toString(), title.isBlank() ? key.name() : title, url(key));
  }

  static String url(JobKey key) {
    return "/jobs/" + Address.encode(key.app()) + "/" + Address.encode(key.name());
  }

  /** A run that waits for its next attempt still carries the node and the times of the last. */
  private static boolean waits(RunView run) {
    return run.state() == RunState.QUEUED;
  }

  /** When the current attempt began; empty before that. */
  static Optional<Instant> started(RunView run) {
    return waits(run) ? Optional.empty() : run.times().started();
  }

  /** Of a run that goes on: so far. */
  private Optional<Duration> duration(RunView run) {
    return run.state().isFinal()
        ? run.times().duration()
        : started(run).map(at -> Duration.between(at, speech.now()));
  }
}
