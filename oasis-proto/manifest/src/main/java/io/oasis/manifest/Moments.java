package io.oasis.manifest;

import io.oasis.manifest.yaml.Suggestion;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads instants and time zones. */
final class Moments {
  private static final Set<String> REGIONS = new TreeSet<>(ZoneId.getAvailableZoneIds());
  private static final Set<String> AMBIGUOUS =
      Set.of("CST", "IST", "BST", "AST", "PST", "EDT", "CDT", "MDT", "PDT", "CEST", "JST", "AEST");
  private static final String FORM = "write for example 2026-12-01T09:00:00+08:00";

  private Moments() {}

  /**
   * An instant as the user wrote it.
   *
   * @param zone the offset that was written, or the zone that the local time was read in
   */
  record Moment(Instant at, ZoneId zone) {}

  static ValueReader<ZoneId> zone() {
    return (value, path, problems) ->
        Values.scalar("a time zone")
            .read(value, path, problems)
            .flatMap(
                scalar -> {
                  try {
                    return Optional.of(ZoneId.of(scalar.text()));
                  } catch (DateTimeException unknown) {
                    problems.add(
                        value.mark(),
                        path,
                        "unknown time zone `" + Values.shown(scalar.text()) + "`",
                        zoneHint(scalar.text()));
                    return Optional.empty();
                  }
                });
  }

  private static String zoneHint(String written) {
    if (AMBIGUOUS.contains(written)) {
      return "abbreviations have several meanings; write a region such as Asia/Shanghai";
    }
    String wanted = written.replace(' ', '_');
    List<String> cities =
        REGIONS.stream()
            .filter(id -> id.substring(id.lastIndexOf('/') + 1).equalsIgnoreCase(wanted))
            .toList();
    Optional<String> near =
        cities.isEmpty() ? Suggestion.closest(wanted, REGIONS) : Optional.of(cities.get(0));
    return near.map(id -> "did you mean `" + id + "`?")
        .orElse("write a region such as Asia/Shanghai, UTC, or an offset such as +08:00");
  }

  /**
   * An instant to the second: with an offset, or local in {@code zone}; a date alone is its
   * midnight.
   *
   * @param zone empty when a local time would have no meaning
   */
  static ValueReader<Moment> moment(Optional<ZoneId> zone) {
    return (value, path, problems) -> {
      Optional<Scalar> scalar = Values.scalar("a date and time").read(value, path, problems);
      if (scalar.isEmpty()) {
        return Optional.empty();
      }
      String written = scalar.get().text().strip();
      String text = written.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:)", "$1T$2");
      try {
        Result result = parse(text, zone);
        if (result.problem().isPresent()) {
          problems.add(value.mark(), path, result.problem().get(), result.hint());
        }
        return result.moment();
      } catch (DateTimeException unreadable) {
        problems.add(
            value.mark(), path, "`" + Values.shown(written) + "` is not a date and time", FORM);
        return Optional.empty();
      }
    };
  }

  private record Result(Optional<Moment> moment, Optional<String> problem, String hint) {
    static Result wrong(String problem, String hint) {
      return new Result(Optional.empty(), Optional.of(problem), hint);
    }
  }

  private static Result parse(String text, Optional<ZoneId> zone) {
    boolean withOffset = text.matches(".*T.*(?:[zZ]|[+-][\\d:]+)");
    if (withOffset) {
      OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      return checked(time.toInstant(), time.getOffset());
    }
    LocalDateTime local =
        text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
    if (zone.isEmpty()) {
      return Result.wrong("the time has no offset from UTC", FORM);
    }
    var offsets = zone.get().getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      return Result.wrong(
          local + " does not exist in " + zone.get() + ", the clock jumps over it",
          "choose another time, or write the offset");
    }
    return checked(local.toInstant(offsets.get(0)), zone.get());
  }

  private static Result checked(Instant at, ZoneId zone) {
    int year = at.atOffset(java.time.ZoneOffset.UTC).getYear();
    if (year < 1970 || year > 2199) {
      return Result.wrong("the year " + year + " is out of range", "use a year from 1970 to 2199");
    }
    if (!at.equals(at.truncatedTo(ChronoUnit.SECONDS))) {
      return Result.wrong("the time has a fraction of a second", "write whole seconds");
    }
    return new Result(Optional.of(new Moment(at, zone)), Optional.empty(), null);
  }
}
