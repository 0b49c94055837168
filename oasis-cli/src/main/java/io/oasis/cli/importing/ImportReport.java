package io.oasis.cli.importing;

import io.oasis.cli.importing.fires.FireComparison;
import io.oasis.cli.output.SafeText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an import did, for people: every job, everything that is not the same, and the fires. */
public final class ImportReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final int MOST_SHOWN = 3;

  private final String source;
  private final ZoneId zone;
  private final List<String> lines = new ArrayList<>();

  private ImportReport(String source, ZoneId zone) {
    this.source = source;
    this.zone = zone;
  }

  /**
   * The lines of a report.
   *
   * @param source what the other side is called
   * @param zone in which times are shown
   */
  public static List<String> of(
      String source, ZoneId zone, List<JobConversion> jobs, List<SourceJobs.Refused> refused) {
    ImportReport report = new ImportReport(source, zone);
    jobs.forEach(report::add);
    refused.forEach(r -> report.lines.add(r.origin() + "  not imported: " + r.reason()));
    report.lines.add(summary(jobs, refused.size()));
    return report.lines.stream().map(SafeText::line).toList();
  }

  private void add(JobConversion conversion) {
    ImportedJob job = conversion.job();
    lines.add(job.origin() + "  imported as " + job.key());
    conversion.comparison().ifPresent(this::add);
    for (Note note : job.notes()) {
      String fate = note.fate().name().toLowerCase(Locale.ROOT);
      lines.add("  %-8s %s: %s".formatted(fate, note.feature(), note.text()));
    }
  }

  private void add(FireComparison fires) {
    if (fires.agrees()) {
      lines.add("  same     fires: the next %d agree".formatted(fires.compared()));
      return;
    }
    lines.add(
        "  differs  fires: of the next %d, %s%s%s"
            .formatted(
                fires.compared(),
                times("only in " + source, fires.onlySource()),
                fires.onlySource().isEmpty() || fires.onlyOasis().isEmpty() ? "" : "; ",
                times("only in Oasis", fires.onlyOasis())));
  }

  private String times(String where, List<Instant> times) {
    if (times.isEmpty()) {
      return "";
    }
    List<String> shown =
        times.stream().limit(MOST_SHOWN).map(t -> TIME.format(t.atZone(zone))).toList();
    String more = times.size() > MOST_SHOWN ? ", and more" : "";
    return "%d %s (%s%s)".formatted(times.size(), where, String.join(", ", shown), more);
  }

  private static String summary(List<JobConversion> jobs, int refused) {
    long timed = jobs.stream().filter(j -> j.comparison().isPresent()).count();
    long same =
        jobs.stream().filter(j -> j.comparison().map(FireComparison::agrees).orElse(false)).count();
    return "%d of %d jobs imported; of %d with times, %d fire as before in their next %d."
        .formatted(jobs.size(), jobs.size() + refused, timed, same, JobConversion.FIRES);
  }
}
