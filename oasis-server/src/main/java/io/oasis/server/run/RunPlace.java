package io.oasis.server.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Where a list of runs ended. A list goes by the id, or by the nominal time; a place has both, so
 * that any list can go on from it.
 *
 * @param id of the run
 * @param nominalAt of the run, to the microsecond
 */
record RunPlace(long id, Instant nominalAt) {
  private static final char SEPARATOR = '-';
  private static final long MICROS = 1_000_000;

  static RunPlace of(RunRow run) {
    return new RunPlace(run.id(), run.nominalAt());
  }

  /** Reads {@link #cursor()}; empty for anything else. */
  static Optional<RunPlace> parse(String cursor) {
    int at = cursor.indexOf(SEPARATOR);
    try {
      long micros = Long.parseLong(cursor.substring(at + 1));
      return at <= 0
          ? Optional.empty()
          : Optional.of(
              new RunPlace(
                  Long.parseLong(cursor.substring(0, at)),
                  Instant.EPOCH.plus(micros, ChronoUnit.MICROS)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** As pages and answers name it. */
  String cursor() {
    long micros = nominalAt.getEpochSecond() * MICROS + nominalAt.getNano() / 1000;
    return id + String.valueOf(SEPARATOR) + micros;
  }
}
