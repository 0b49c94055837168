package io.oasis.server.console;

import io.oasis.schedule.ScheduleText;
import io.oasis.server.job.Job;
import io.oasis.server.run.LastRuns;
import io.oasis.ui.row.JobBadge;
import io.oasis.ui.row.JobRow;
import java.util.Optional;

/** Turns jobs into rows. */
final class JobRows {
  private static final int COMMIT_LENGTH = 7;

  private final Speech speech;

  JobRows(Speech speech) {
    this.speech = speech;
  }

  /**
   * A row.
   *
   * @param runs of the job; null: it never ran
   */
  JobRow row(Job job, LastRuns.OfJob runs) {
    return new JobRow(
        RunRows.link(job.key(), job.title()),
        schedule(job.schedule()),
        JobQuery.scheduleWord(job.schedule().kind()),
        job.schedule().zone() == null ? "" : job.schedule().zone(),
        job.handler(),
        job.owner().name().isEmpty() ? job.owner().email() : job.owner().name(),
        JobBadge.valueOf(job.state().name()),
        speech.moment(job.nextFireAt()),
        runs == null ? null : runs.last().map(this::last).orElse(null),
        job.history().source().map(source -> source(source, job.history().commit())).orElse(""),
        speech.moment(job.history().updatedAt()));
  }

  /** {@code git:infra@3f2a91c}. */
  String source(String source, Optional<String> commit) {
    String name = speech.sentences().sourceWords(source);
    return commit
        .filter(hash -> !hash.isEmpty())
        .map(hash -> name + "@" + hash.substring(0, Math.min(COMMIT_LENGTH, hash.length())))
        .orElse(name);
  }

  private JobRow.LastRun last(LastRuns.Last run) {
    return new JobRow.LastRun(
        run.id(),
        RunRows.badge(run.state()),
        speech.moment(run.nominal()),
        speech.duration(run.duration()));
  }

  /** Without the English around it: the kind of the schedule is said in words beside it. */
  private static String schedule(ScheduleText schedule) {
    String text = schedule.text();
    return switch (schedule.kind()) {
      case "fixedRate" -> text.startsWith("every ") ? text.substring("every ".length()) : text;
      case "fixedDelay" ->
          text.endsWith(" after it ends")
              ? text.substring(0, text.length() - " after it ends".length())
              : text;
      case "at" -> text.startsWith("at ") ? text.substring("at ".length()) : text;
      case "none" -> "–";
      default -> text;
    };
  }
}
