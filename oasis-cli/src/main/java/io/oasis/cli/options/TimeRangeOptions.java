package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Query;
import io.oasis.schedule.DurationText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A stretch of time. */
public final class TimeRangeOptions {
  private static final String DATE = "\\d{4}-\\d\\d-\\d\\d";

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      order = 30,
      description = "Only of the last, for example 2h or 7d.")
  String since;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      order = 31,
      description =
          "Only from then on: 2026-11-22 or 2026-11-22T03:00, your zone, or with an offset.")
  String from;

  @Option(names = "--to", paramLabel = "TIME", order = 32, description = "Only before then.")
  String to;

  /** Whether anything was given. */
  public boolean given() {
    return since != null || from != null || to != null;
  }

  /** Adds what was given to a query. */
  public void addTo(Query query, Shell shell) {
    if (since != null && from != null) {
      throw CliFailure.invalid("--since and --from say the same; leave one out");
    }
    Optional<Instant> start =
        since == null ? instant("--from", from, shell) : Optional.of(before(shell));
    query.add("from", start.map(Instant::toString));
    query.add("to", instant("--to", to, shell).map(Instant::toString));
  }

  private Instant before(Shell shell) {
    return before("--since", since, shell);
  }

  /** The instant that lies the given duration back. */
  public static Instant before(String flag, String duration, Shell shell) {
    return DurationText.parse(duration)
        .map(shell.clock().instant()::minus)
        .orElseThrow(
            () ->
                CliFailure.invalid(
                    "%s: \"%s\" is not a duration; write it like 2h or 7d"
                        .formatted(flag, duration)));
  }

  /** A time as people write it, a date alone is its midnight; empty when there is none. */
  public static Optional<Instant> instant(String flag, String text, Shell shell) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      if (text.matches(DATE)) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(shell.zone()).toInstant());
      }
      String written = text.replaceFirst("^(" + DATE + ") ", "$1T");
      boolean local = written.matches(DATE + "T\\d\\d:\\d\\d(:\\d\\d)?");
      return Optional.of(
          local
              ? LocalDateTime.parse(written).atZone(shell.zone()).toInstant()
              : OffsetDateTime.parse(written).toInstant());
    } catch (DateTimeException e) {
      throw CliFailure.invalid(
          "%s: \"%s\" is not a time; write it like 2026-11-22, 2026-11-22T03:00 or 2026-11-22T03:00:00Z"
              .formatted(flag, text));
    }
  }
}
