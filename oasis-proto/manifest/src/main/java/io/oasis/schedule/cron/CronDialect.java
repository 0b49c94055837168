package io.oasis.schedule.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import io.oasis.phrase.Saying;
import java.time.DayOfWeek;
import java.util.List;

/** The two ways to write cron. They number the days of the week differently. */
enum CronDialect {
  /** Five fields; Sunday is 0 or 7. */
  UNIX(
      CronType.UNIX,
      0,
      List.of(
          Saying.CRON_NOT_A_MINUTE,
          Saying.CRON_NOT_AN_HOUR,
          Saying.CRON_NOT_A_DAY,
          Saying.CRON_NOT_A_MONTH,
          Saying.CRON_NOT_A_WEEKDAY)),
  /** Six or seven fields; Sunday is 1. */
  QUARTZ(
      CronType.QUARTZ,
      1,
      List.of(
          Saying.CRON_NOT_A_SECOND,
          Saying.CRON_NOT_A_MINUTE,
          Saying.CRON_NOT_AN_HOUR,
          Saying.CRON_NOT_A_DAY,
          Saying.CRON_NOT_A_MONTH,
          Saying.CRON_NOT_A_WEEKDAY,
          Saying.CRON_NOT_A_YEAR));

  private final CronType type;
  private final int sunday;
  private final List<Saying> fields;

  CronDialect(CronType type, int sunday, List<Saying> fields) {
    this.type = type;
    this.sunday = sunday;
    this.fields = fields;
  }

  CronParser parser() {
    return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type));
  }

  /** What to say of a field that is wrong. */
  Saying notOne(int field) {
    return fields.get(field);
  }

  /** Which field is the day of the month. */
  int dayOfMonth() {
    return fields.indexOf(Saying.CRON_NOT_A_DAY);
  }

  int firstWeekday() {
    return sunday;
  }

  DayOfWeek weekday(int value) {
    return DayOfWeek.SUNDAY.plus(value - sunday);
  }
}
