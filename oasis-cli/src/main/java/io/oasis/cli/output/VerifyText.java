package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a look at the ledger found, as people read it. */
public final class VerifyText {
  private static final Duration DAY = Duration.ofHours(24);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final ZoneId zone;

  /** Times are shown by the clock of the given zone. */
  public VerifyText(ZoneId zone) {
    this.zone = zone;
  }

  /** {@code 18,204 nominal times in 24 h: 18,196 ran, …. 0 gaps, 0 doubles. …}. */
  public String summary(Facts report) {
    Duration window = window(report);
    Map<String, List<Facts>> groups = new LinkedHashMap<>();
    for (String group : List.of("ran", "waiting", "coalesced", "missed", "skipped", "cancelled")) {
      groups.put(group, new ArrayList<>());
    }
    report.list("outcomes").forEach(o -> groups.get(group(o.text("state"))).add(o));
    List<String> parts = new ArrayList<>();
    groups.forEach(
        (group, outcomes) -> {
          if (!outcomes.isEmpty()) {
            parts.add(part(group, outcomes, window));
          }
        });
    long times = report.number("nominalTimes");
    String text =
        "%s nominal %s in %s%s. %s."
            .formatted(
                number(times),
                times == 1 ? "time" : "times",
                length(window),
                parts.isEmpty() ? "" : ": " + String.join(", ", parts),
                counts(report.in("found")));
    return report.has("worst")
        ? text
            + " Latest hand-over %s after its time (run %d)."
                .formatted(
                    Times.duration(Duration.ofMillis(report.in("worst").number("latenessMs"))),
                    report.in("worst").number("run"))
        : text;
  }

  private static Duration window(Facts report) {
    Instant from = report.instant("from").orElse(Instant.EPOCH);
    Instant to = report.instant("to").orElse(from);
    Duration exact = Duration.between(from, to);
    if (exact.compareTo(Duration.ofMinutes(10)) < 0) {
      return exact;
    }
    // The answer comes a moment after the question: 24 h stay 24 h.
    return Duration.ofSeconds((exact.toMillis() + 30_000) / 60_000 * 60);
  }

  /** {@code 24 h}, as people ask for it, and not {@code 1 d}. */
  private static String length(Duration window) {
    boolean hours = window.toMinutes() % 60 == 0 && window.compareTo(Duration.ofDays(3)) <= 0;
    return hours && window.toHours() > 0 ? window.toHours() + " h" : Times.duration(window);
  }

  private static String group(String state) {
    return switch (state) {
      case "QUEUED" -> "waiting";
      case "COALESCED", "MISSED", "SKIPPED", "CANCELLED" -> state.toLowerCase(Locale.ROOT);
      default -> "ran";
    };
  }

  private String part(String group, List<Facts> outcomes, Duration window) {
    long times = outcomes.stream().mapToLong(o -> o.number("times")).sum();
    List<String> details = new ArrayList<>();
    for (Facts outcome : outcomes) {
      outcome
          .optional("reason")
          .filter(reason -> !group.equals("ran") && !group.equals("waiting"))
          .ifPresent(
              reason -> {
                String word = reason.toLowerCase(Locale.ROOT).replace('_', ' ');
                String count = outcomes.size() == 1 ? "" : number(outcome.number("times")) + " ";
                String when = group.equals("missed") ? " " + stretch(outcome, window) : "";
                details.add(count + word + when);
              });
    }
    return number(times)
        + " "
        + group
        + (details.isEmpty() ? "" : " (" + String.join(", ", details) + ")");
  }

  private String stretch(Facts outcome, Duration window) {
    DateTimeFormatter format = (window.compareTo(DAY) > 0 ? FULL : CLOCK).withZone(zone);
    Instant first = outcome.instant("first").orElse(Instant.EPOCH);
    Instant last = outcome.instant("last").orElse(first);
    return first.equals(last)
        ? format.format(first)
        : format.format(first) + "–" + format.format(last);
  }

  /** Gaps and doubles always; the other kinds where there are any. */
  private static String counts(Facts found) {
    List<String> parts = new ArrayList<>();
    parts.add(count(found.number("gap"), "gap"));
    parts.add(count(found.number("double"), "double"));
    if (found.number("wrong_count") > 0) {
      parts.add(number(found.number("wrong_count")) + " in stretches with a wrong count");
    }
    if (found.number("stray") > 0) {
      parts.add(count(found.number("stray"), "row") + " at no nominal time");
    }
    if (found.number("overdue") > 0) {
      parts.add(number(found.number("overdue")) + " overdue");
    }
    if (found.number("overlap") > 0) {
      parts.add(count(found.number("overlap"), "overlap"));
    }
    if (found.number("unfinished") > 0) {
      parts.add(number(found.number("unfinished")) + " unfinished");
    }
    return String.join(", ", parts);
  }

  private static String count(long number, String word) {
    return number(number) + " " + word + (number == 1 ? "" : "s");
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** One line for each finding. */
  public Table findings(Facts report) {
    Table table = new Table(List.of("FOUND", "JOB", "REVISION", "TIME", "COUNT", "WHAT"));
    for (Facts finding : report.list("findings")) {
      table.addText(
          finding.text("kind").replace('_', ' '),
          finding.text("job"),
          finding.text("revision"),
          times(finding),
          finding.text("count"),
          SafeText.line(finding.text("message")));
    }
    return table;
  }

  private String times(Facts finding) {
    DateTimeFormatter full = FULL.withZone(zone);
    Instant from = finding.instant("from").orElse(Instant.EPOCH);
    Instant to = finding.instant("to").orElse(from);
    return from.equals(to) ? full.format(from) : full.format(from) + " – " + full.format(to);
  }
}
