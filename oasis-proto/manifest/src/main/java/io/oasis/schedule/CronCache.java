package io.oasis.schedule;

import io.oasis.schedule.cron.CronExpression;
import io.oasis.schedule.cron.CronParse;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Expressions that have been parsed, because parsing costs a hundred times more than a next time.
 * It is emptied when it is full: there is no order to keep, and a lost entry is parsed again.
 */
final class CronCache {
  private static final int LIMIT = 20_000;
  private static final ConcurrentMap<String, CronExpression> PARSED = new ConcurrentHashMap<>();

  private CronCache() {}

  static CronFires of(Schedule.Cron schedule) {
    CronExpression known = PARSED.get(schedule.expression());
    if (known == null) {
      known = parse(schedule.expression());
      if (PARSED.size() >= LIMIT) {
        PARSED.clear();
      }
      PARSED.put(schedule.expression(), known);
    }
    return new CronFires(known, schedule.zone().getRules(), schedule.gap(), schedule.overlap());
  }

  private static CronExpression parse(String text) {
    CronParse result = CronExpression.parse(text);
    if (result instanceof CronParse.Parsed parsed) {
      return parsed.expression();
    }
    CronParse.Invalid invalid = (CronParse.Invalid) result;
    throw new IllegalArgumentException("cron `" + text + "`: " + invalid.message());
  }
}
