package io.oasis.manifest;

import io.oasis.schedule.Schedule;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The normal form of a schedule, its window and its jitter. */
final class ScheduleForm {
  private ScheduleForm() {}

  static Object of(JobSpec spec) {
    if (spec.schedule() instanceof Schedule.None) {
      return "none";
    }
    FormBuilder form = new FormBuilder();
    put(spec.schedule(), form);
    spec.window().start().ifPresent(start -> form.put("start", start));
    spec.window().end().ifPresent(end -> form.put("end", end));
    form.putUnless(Duration.ZERO, "jitter", spec.jitter());
    return form.map();
  }

  private static void put(Schedule schedule, FormBuilder form) {
    if (schedule instanceof Schedule.Cron cron) {
      form.put("cron", cron.expression());
      form.put("timeZone", cron.zone());
      form.putUnless(Schedule.Gap.SHIFT, "gap", cron.gap());
      form.putUnless(Schedule.Overlap.FIRST, "overlap", cron.overlap());
    } else if (schedule instanceof Schedule.FixedRate rate) {
      form.put("fixedRate", rate.interval());
      rate.anchor().ifPresent(anchor -> form.put("anchor", anchor));
    } else if (schedule instanceof Schedule.FixedDelay fixed) {
      form.put("fixedDelay", fixed.delay());
      form.putUnless(false, "resetOnManual", fixed.resetOnManual());
    } else if (schedule instanceof Schedule.OneTime once) {
      form.put("at", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(once.at().atZone(once.zone())));
      if (!(once.zone() instanceof ZoneOffset)) {
        form.put("timeZone", once.zone());
      }
      form.putUnless(Schedule.IfPast.REFUSE, "ifPast", once.ifPast());
    }
  }
}
