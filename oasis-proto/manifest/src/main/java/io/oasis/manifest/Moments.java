package io.oasis.manifest;

import io.oasis.manifest.yaml.Suggestion;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import io.oasis.phrase.Phrase;
import io.oasis.phrase.Saying;
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
import java.util.regex.Pattern;

/** Reads instants and time zones. */
final class Moments {
  private static final Pattern BLANK_FOR_T = Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:)");
  private static final Pattern WITH_OFFSET = Pattern.compile(".*T.*(?:[zZ]|[+-][\\d:]+)");
  private static final Set<String> REGIONS = new TreeSet<>(ZoneId.getAvailableZoneIds());
  private static final Set<String> AMBIGUOUS =
      Set.of("CST", "IST", "BST", "AST", "PST", "EDT", "CDT", "MDT", "PDT", "CEST", "JST", "AEST");
  private static final Phrase FORM = Saying.FOR_EXAMPLE.of("2026-12-01T09:00:00+08:00");

  private Moments() {}

  /**
   * An instant as the user wrote it.
   *
   * @param zone the offset that was written, or the zone that the local time was read in
   */
  record Moment(Instant at, ZoneId zone) {}

  static ValueReader<ZoneId> zone() {
    return (value, path, problems) ->
        Values.scalar(Saying.A_TIME_ZONE.of())
            .read(value, path, problems)
            .flatMap(
                scalar -> {
                  try {
                    return Optional.of(ZoneId.of(scalar.text()));
                  } catch (DateTimeException unknown) {
                    problems.add(
                        value.mark(),
                        path,
                        Saying.UNKNOWN_ZONE.of(Values.shown(scalar.text())),
                        zoneHint(scalar.text()));
                    return Optional.empty();
                  }
                });
  }

  private static Phrase zoneHint(String written) {
    if (AMBIGUOUS.contains(written)) {
      return Saying.ZONE_ABBREVIATED.of();
    }
    String wanted = written.replace(' ', '_');
    List<String> cities =
        REGIONS.stream()
            .filter(id -> id.substring(id.lastIndexOf('/') + 1).equalsIgnoreCase(wanted))
            .toList();
    Optional<String> near =
        cities.isEmpty() ? Suggestion.closest(wanted, REGIONS) : Optional.of(cities.get(0));
    return near.map(id -> Saying.DID_YOU_MEAN.of(id)).orElseGet(() -> Saying.ZONE_FORMS.of());
  }

  /**
   * An instant to the second: with an offset, or local in {@code zone}; a date alone is its
   * midnight.
   *
   * @param zone empty when a local time would have no meaning
   */
  static ValueReader<Moment> moment(Optional<ZoneId> zone) {
    return (value, path, problems) -> {
      Optional<Scalar> scalar =
          Values.scalar(Saying.A_DATE_AND_TIME.of()).read(value, path, problems);
      if (scalar.isEmpty()) {
        return Optional.empty();
      }
      String written = scalar.get().text().strip();
      String text = BLANK_FOR_T.matcher(written).replaceFirst("$1T$2");
      try {
        Result result = parse(text, zone);
        if (result.problem().isPresent()) {
          problems.add(value.mark(), path, result.problem().get(), result.hint());
        }
        return result.moment();
      } catch (DateTimeException unreadable) {
        problems.add(value.mark(), path, Saying.NOT_A_MOMENT.of(Values.shown(written)), FORM);
        return Optional.empty();
      }
    };
  }

  private record Result(Optional<Moment> moment, Optional<Phrase> problem, Phrase hint) {
    static Result wrong(Phrase problem, Phrase hint) {
      return new Result(Optional.empty(), Optional.of(problem), hint);
    }
  }

  private static Result parse(String text, Optional<ZoneId> zone) {
    boolean withOffset = WITH_OFFSET.matcher(text).matches();
    if (withOffset) {
      OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      return checked(time.toInstant(), time.getOffset());
    }
    LocalDateTime local =
        text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
    if (zone.isEmpty()) {
      return Result.wrong(Saying.NO_OFFSET.of(), FORM);
    }
    var offsets = zone.get().getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      return Result.wrong(Saying.TIME_IN_GAP.of(local, zone.get()), Saying.CHOOSE_OTHER_TIME.of());
    }
    return checked(local.toInstant(offsets.get(0)), zone.get());
  }

  private static Result checked(Instant at, ZoneId zone) {
    int year = at.atOffset(java.time.ZoneOffset.UTC).getYear();
    if (year < 1970 || year > 2199) {
      return Result.wrong(Saying.YEAR_OUT_OF_RANGE.of(year), Saying.YEAR_RANGE.of(1970, 2199));
    }
    if (!at.equals(at.truncatedTo(ChronoUnit.SECONDS))) {
      return Result.wrong(Saying.FRACTION_OF_SECOND.of(), Saying.WRITE_WHOLE_SECONDS.of());
    }
    return new Result(Optional.of(new Moment(at, zone)), Optional.empty(), null);
  }
}
