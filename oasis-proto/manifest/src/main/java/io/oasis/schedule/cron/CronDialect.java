package io.oasis.schedule.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.time.DayOfWeek;
import java.util.List;

/** The two ways to write cron. They number the days of the week differently. */
enum CronDialect {
  /** Five fields; Sunday is 0 or 7. */
  UNIX(CronType.UNIX, 0, List.of("minute", "hour", "day of month", "month", "day of week")),
  /** Six or seven fields; Sunday is 1. */
  QUARTZ(
      CronType.QUARTZ,
      1,
      List.of("second", "minute", "hour", "day of month", "month", "day of week", "year"));

  private final CronType type;
  private final int sunday;
  private final List<String> fields;

  CronDialect(CronType type, int sunday, List<String> fields) {
    this.type = type;
    this.sunday = sunday;
    this.fields = fields;
  }

  CronParser parser() {
    return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type));
  }

  /** The names of the fields, in order. */
  List<String> fields() {
    return fields;
  }

  int firstWeekday() {
    return sunday;
  }

  DayOfWeek weekday(int value) {
    return DayOfWeek.SUNDAY.plus(value - sunday);
  }
}
