package io.oasis.schedule.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.field.CronField;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.value.SpecialChar;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Turns the fields that cron-utils has parsed into bit sets. */
final class CronCompiler {
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2099;

  private final Cron cron;
  private final CronDialect dialect;

  CronCompiler(Cron cron, CronDialect dialect) {
    this.cron = cron;
    this.dialect = dialect;
  }

  CronExpression compile() {
    long seconds =
        cron.retrieve(CronFieldName.SECOND) == null ? 1 : bits(CronFieldName.SECOND, 0, 59);
    CronExpression.TimeBits time =
        new CronExpression.TimeBits(
            seconds, bits(CronFieldName.MINUTE, 0, 59), bits(CronFieldName.HOUR, 0, 23));
    int months = (int) bits(CronFieldName.MONTH, 1, 12);
    boolean interval =
        stepsThroughAll(CronFieldName.MINUTE, 0, 59) || stepsThroughAll(CronFieldName.HOUR, 0, 23);
    return new CronExpression(time, months, days(), years(), interval);
  }

  private DayRule days() {
    List<DayRule.Mark> dateMarks = new ArrayList<>();
    List<DayRule.Mark> weekdayMarks = new ArrayList<>();
    BitSet dates = new BitSet();
    collect(expression(CronFieldName.DAY_OF_MONTH), 1, 31, dates, dateMarks);
    BitSet written = new BitSet();
    collect(
        expression(CronFieldName.DAY_OF_WEEK),
        dialect.firstWeekday(),
        dialect.firstWeekday() + 6,
        written,
        weekdayMarks);
    int weekdays = 0;
    for (int value = written.nextSetBit(0); value >= 0; value = written.nextSetBit(value + 1)) {
      weekdays |= 1 << dialect.weekday(value).getValue();
    }
    boolean either = restricts(CronFieldName.DAY_OF_MONTH) && restricts(CronFieldName.DAY_OF_WEEK);
    return new DayRule(
        (int) (dates.isEmpty() ? 0 : dates.toLongArray()[0]),
        List.copyOf(dateMarks),
        weekdays,
        List.copyOf(weekdayMarks),
        either);
  }

  /** As in Vixie cron, a field that begins with a star does not take part in the "either" rule. */
  private boolean restricts(CronFieldName name) {
    FieldExpression written = expression(name);
    if (written instanceof And and) {
      written = and.getExpressions().get(0);
    }
    if (written instanceof Every every) {
      written = every.getExpression();
    }
    return !(written instanceof Always || written instanceof QuestionMark);
  }

  private BitSet years() {
    BitSet years = new BitSet();
    CronField field = cron.retrieve(CronFieldName.YEAR);
    if (field != null && !(field.getExpression() instanceof Always)) {
      collect(field.getExpression(), FIRST_YEAR, LAST_YEAR, years, new ArrayList<>());
    }
    return years;
  }

  private boolean stepsThroughAll(CronFieldName name, int min, int max) {
    FieldExpression written = expression(name);
    if (written instanceof Every every) {
      FieldExpression base = every.getExpression();
      boolean fromStart =
          base instanceof Always || (base instanceof On on && on.getTime().getValue() == min);
      return fromStart && every.getPeriod().getValue() <= max - min;
    }
    return Long.bitCount(bits(name, min, max)) == max - min + 1;
  }

  private long bits(CronFieldName name, int min, int max) {
    BitSet values = new BitSet();
    collect(expression(name), min, max, values, new ArrayList<>());
    return values.isEmpty() ? 0 : values.toLongArray()[0];
  }

  private FieldExpression expression(CronFieldName name) {
    return cron.retrieve(name).getExpression();
  }

  private void collect(
      FieldExpression written, int min, int max, BitSet values, List<DayRule.Mark> marks) {
    if (written instanceof And and) {
      and.getExpressions().forEach(part -> collect(part, min, max, values, marks));
    } else if (written instanceof Every every) {
      step(every, min, max, values);
    } else if (written instanceof Between between) {
      range(number(between.getFrom()), number(between.getTo()), 1, new Span(min, max), values);
    } else if (written instanceof On on) {
      if (on.getSpecialChar().getValue() == SpecialChar.NONE) {
        values.set(on.getTime().getValue());
      } else {
        mark(on, max, values, marks);
      }
    } else {
      values.set(min, max + 1);
    }
  }

  private static void step(Every every, int min, int max, BitSet values) {
    int period = Math.max(1, every.getPeriod().getValue());
    FieldExpression base = every.getExpression();
    if (base instanceof Between between) {
      range(number(between.getFrom()), number(between.getTo()), period, new Span(min, max), values);
    } else {
      int from = base instanceof On on ? on.getTime().getValue() : min;
      range(from, max, period, new Span(min, max), values);
    }
  }

  /** The values that a field can have, both included. */
  private record Span(int min, int max) {}

  /** Quartz lets a range wrap around the end of the field, as in {@code FRI-MON}. */
  private static void range(int from, int to, int period, Span span, BitSet values) {
    int length = span.max() - span.min() + 1;
    int end = to < from ? to + length : to;
    for (int value = from; value <= end; value += period) {
      values.set(value > span.max() && to < from ? value - length : value);
    }
  }

  private void mark(On on, int max, BitSet values, List<DayRule.Mark> marks) {
    SpecialChar sign = on.getSpecialChar().getValue();
    int value = on.getTime().getValue();
    int nth = on.getNth().getValue();
    boolean date = max == 31;
    if (sign == SpecialChar.LW) {
      marks.add(new DayRule.LastWeekday());
    } else if (sign == SpecialChar.W) {
      marks.add(new DayRule.NearestWeekday(value));
    } else if (sign == SpecialChar.HASH) {
      marks.add(new DayRule.NthOf(dialect.weekday(value), nth));
    } else if (sign == SpecialChar.L && date) {
      marks.add(new DayRule.FromLast(Math.max(0, nth)));
    } else if (sign == SpecialChar.L && value >= 0) {
      DayOfWeek day = dialect.weekday(value);
      marks.add(new DayRule.LastOf(day));
    } else if (sign == SpecialChar.L) {
      values.set(max);
    }
  }

  private static int number(com.cronutils.model.field.value.FieldValue<?> value) {
    return ((Number) value.getValue()).intValue();
  }
}
