package io.oasis.manifest;

import io.oasis.manifest.Moments.Moment;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import io.oasis.phrase.Phrase;
import io.oasis.phrase.Saying;
import io.oasis.schedule.DurationText;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Schedule.Gap;
import io.oasis.schedule.Schedule.IfPast;
import io.oasis.schedule.Schedule.Overlap;
import io.oasis.schedule.Window;
import io.oasis.schedule.cron.CronExpression;
import io.oasis.schedule.cron.CronParse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code spec.schedule}. */
final class ScheduleReader {
  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofDays(366);

  private static final Phrase FORMS =
      Saying.SCHEDULE_FORMS.of(
          "{cron: \"0 2 * * *\", timeZone: Asia/Shanghai}, {fixedRate: 1m}, {fixedDelay: 30s},"
              + " {at: 2026-12-01T09:00:00+08:00}");

  /** Which fields go with which kind of schedule; the kind's own field names the kind. */
  private static final Map<String, Set<String>> FIELDS_OF =
      Map.of(
          "cron", Set.of("timeZone", "gap", "overlap", "start", "end", "jitter"),
          "fixedRate", Set.of("anchor", "start", "end", "jitter"),
          "fixedDelay", Set.of("resetOnManual", "start", "end"),
          "at", Set.of("timeZone", "ifPast"));

  private static final List<String> KINDS = List.of("cron", "fixedRate", "fixedDelay", "at");
  private static final List<String> OPTIONS =
      List.of(
          "timeZone",
          "gap",
          "overlap",
          "start",
          "end",
          "jitter",
          "anchor",
          "resetOnManual",
          "ifPast");

  private final ZoneId defaultZone;

  ScheduleReader(ZoneId defaultZone) {
    this.defaultZone = defaultZone;
  }

  /** The three parts of a job's spec that the field {@code schedule} gives. */
  record Timing(Schedule schedule, Window window, Duration jitter) {
    static final Timing BY_HAND = new Timing(new Schedule.None(), Window.ALWAYS, Duration.ZERO);
  }

  /** Reads the value; empty after a mistake has been reported. */
  Optional<Timing> read(YamlValue value, String path, ProblemSink problems) {
    if (value instanceof Scalar scalar) {
      return word(scalar, path, problems);
    }
    if (!(value instanceof Fields fields)) {
      problems.add(value.mark(), path, Saying.NOT_A_SCHEDULE.of(Values.kind(value)), FORMS);
      return Optional.empty();
    }
    FieldReader reader = new FieldReader(fields, path, problems);
    List<String> kinds = KINDS.stream().filter(reader::has).toList();
    if (kinds.size() == 1) {
      return Optional.of(timing(kinds.get(0), reader));
    }
    if (kinds.isEmpty()) {
      problems.add(fields.mark(), path, Saying.SCHEDULE_SAYS_NO_TIME.of(), FORMS);
    } else {
      problems.add(
          fields.mark(),
          path,
          Saying.SEVERAL_SCHEDULES.of(String.join(", ", kinds)),
          Saying.KEEP_ONE_SCHEDULE.of());
    }
    readAll(kinds, reader);
    reader.close();
    return Optional.empty();
  }

  /**
   * Reads all that is written, so that its mistakes are reported though no schedule comes of it.
   */
  private void readAll(List<String> kinds, FieldReader fields) {
    ZoneId zone = fields.read("timeZone", Moments.zone(), defaultZone);
    kinds.forEach(kind -> schedule(kind, fields, zone));
    window(fields, Optional.of(zone));
    jitter(fields);
    KINDS.forEach(fields::value);
    OPTIONS.forEach(fields::value);
  }

  private static Optional<Timing> word(Scalar scalar, String path, ProblemSink problems) {
    String text = scalar.text().strip();
    if (text.equals("none")) {
      return Optional.of(Timing.BY_HAND);
    }
    boolean cron = text.startsWith("@") || text.split("\\s+").length >= 5;
    Phrase hint = FORMS;
    if (cron) {
      hint = Saying.WRITE.of("{cron: \"" + Values.shown(text) + "\", timeZone: Asia/Shanghai}");
    } else if (DurationText.parse(text).isPresent()) {
      hint = Saying.WRITE_EITHER.of("{fixedRate: " + text + "}", "{fixedDelay: " + text + "}");
    }
    problems.add(
        scalar.mark(),
        path,
        scalar.isNothing()
            ? Saying.EMPTY_SCHEDULE.of()
            : Saying.WHICH_SCHEDULE.of(Values.shown(text)),
        hint);
    return Optional.empty();
  }

  private Timing timing(String kind, FieldReader fields) {
    Set<String> allowed = FIELDS_OF.get(kind);
    OPTIONS.stream()
        .filter(option -> !allowed.contains(option))
        .forEach(option -> fields.refuse(option, Saying.NO_MEANING_WITH.of(option, kind)));
    ZoneId zone =
        allowed.contains("timeZone")
            ? fields.read("timeZone", Moments.zone(), defaultZone)
            : defaultZone;
    Schedule schedule = schedule(kind, fields, zone);
    Optional<ZoneId> local = kind.equals("cron") ? Optional.of(zone) : Optional.empty();
    Window window = allowed.contains("start") ? window(fields, local) : Window.ALWAYS;
    Duration jitter = allowed.contains("jitter") ? jitter(fields) : Duration.ZERO;
    fields.close();
    return new Timing(schedule, window, jitter);
  }

  private static Schedule schedule(String kind, FieldReader fields, ZoneId zone) {
    return switch (kind) {
      case "cron" -> cron(fields, zone);
      case "fixedRate" -> fixedRate(fields);
      case "fixedDelay" -> fixedDelay(fields);
      default -> oneTime(fields, zone);
    };
  }

  private static Duration jitter(FieldReader fields) {
    Duration jitter =
        fields.read("jitter", Values.duration(Duration.ZERO, Duration.ofHours(24)), Duration.ZERO);
    if (!jitter.isZero() && jitter.compareTo(Duration.ofSeconds(2)) < 0) {
      fields.report(
          "jitter",
          Saying.JITTER_MOVES_NOTHING.of(DurationText.of(jitter)),
          Saying.JITTER_SECONDS.of("2s"));
    }
    return jitter;
  }

  private static Schedule cron(FieldReader fields, ZoneId zone) {
    Gap gap = fields.read("gap", Values.word(Gap.class), Gap.SHIFT);
    Overlap overlap = fields.read("overlap", Values.word(Overlap.class), Overlap.FIRST);
    Optional<String> expression =
        fields
            .read("cron", Values.scalar(Saying.A_QUOTED_CRON.of()))
            .map(scalar -> CronExpression.normalise(scalar.text()));
    // What could not be read has been reported; what is empty was written so.
    if (expression.isPresent()
        && CronExpression.parse(expression.get()) instanceof CronParse.Invalid invalid) {
      fields.report("cron", invalid.problem(), invalid.advice());
    }
    return new Schedule.Cron(expression.orElse(""), zone, gap, overlap);
  }

  private static Schedule fixedRate(FieldReader fields) {
    Duration interval = fields.read("fixedRate", Values.duration(SHORTEST, LONGEST), SHORTEST);
    Optional<Moment> anchor = fields.read("anchor", Moments.moment(Optional.empty()));
    return new Schedule.FixedRate(interval, anchor.map(Moment::at));
  }

  private static Schedule fixedDelay(FieldReader fields) {
    Duration delay = fields.read("fixedDelay", Values.duration(SHORTEST, LONGEST), SHORTEST);
    return new Schedule.FixedDelay(delay, fields.read("resetOnManual", Values.bool(), false));
  }

  private static Schedule oneTime(FieldReader fields, ZoneId zone) {
    IfPast ifPast = fields.read("ifPast", Values.word(IfPast.class), IfPast.REFUSE);
    Optional<Moment> at = fields.read("at", Moments.moment(Optional.of(zone)));
    if (at.isEmpty()) {
      return new Schedule.None();
    }
    ZoneId shown = fields.has("timeZone") ? zone : at.get().zone();
    return new Schedule.OneTime(at.get().at(), shown, ifPast);
  }

  private static Window window(FieldReader fields, Optional<ZoneId> zone) {
    Optional<Moment> start = fields.read("start", Moments.moment(zone));
    Optional<Moment> end = fields.read("end", Moments.moment(zone));
    if (start.isPresent() && end.isPresent() && !start.get().at().isBefore(end.get().at())) {
      fields.report("end", Saying.END_NOT_AFTER_START.of(), Saying.EXCHANGE_OR_REMOVE.of());
    }
    return new Window(start.map(Moment::at), end.map(Moment::at));
  }
}
