package io.oasis.schedule.cron;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {
  private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

  private static CronExpression parse(String text) {
    CronParse result = CronExpression.parse(text);
    assertThat(result).as(text).isInstanceOf(CronParse.Parsed.class);
    return ((CronParse.Parsed) result).expression();
  }

  private static String wrong(String text) {
    CronParse result = CronExpression.parse(text);
    assertThat(result).as(text).isInstanceOf(CronParse.Invalid.class);
    CronParse.Invalid invalid = (CronParse.Invalid) result;
    return invalid.message() + "; " + invalid.hint();
  }

  private static List<String> times(String text, int count) {
    CronExpression cron = parse(text);
    List<String> times = new ArrayList<>();
    LocalDateTime from = START;
    for (int i = 0; i < count; i++) {
      LocalDateTime found = cron.atOrAfter(from).orElseThrow();
      times.add(found.toString());
      from = found.plusSeconds(1);
    }
    return times;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 2 L * ?",
        "0 0 2 L-3 * ?",
        "0 0 2 LW * ?",
        "0 0 2 15W * ?",
        "0 0 2 1W * ?",
        "0 0 2 ? * 6L",
        "0 0 2 ? * MON#2",
        "0 0 2 ? * 2#5",
        "0 0 2 ? * MON-FRI",
        "0 0 2 ? * SUN",
        "0 0 2 ? * 2-6/2",
        "0 0 2 1,15 * ?",
        "*/17 5-50/9 1,13 ? * *",
        "0 0 0 29 2 ?",
        "0 30 2 1/5 * ?",
        "0 0 2 ? FEB-MAR,DEC 2,FRI"
      })
  void quartzMatchesCronUtilsWhereTheClockNeverChanges(String text) {
    ExecutionTime theirs =
        ExecutionTime.forCron(
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ))
                .parse(text));
    List<String> expected = new ArrayList<>();
    ZonedDateTime time = START.atZone(ZoneOffset.UTC).minusSeconds(1);
    for (int i = 0; i < 15; i++) {
      time = theirs.nextExecution(time).orElseThrow();
      expected.add(time.toLocalDateTime().toString());
    }

    assertThat(times(text, 15)).isEqualTo(expected);
  }

  @Test
  @DisplayName("TM10: UNIX day of month and day of week are joined by or, unless one has a star")
  void unixDays() {
    assertThat(times("0 0 13 * 5", 4))
        .containsExactly(
            "2026-01-02T00:00", "2026-01-09T00:00", "2026-01-13T00:00", "2026-01-16T00:00");
    assertThat(times("0 0 */10 * 1", 2)).containsExactly("2026-05-11T00:00", "2026-06-01T00:00");
  }

  @ParameterizedTest
  @CsvSource({"0 0 * * 0", "0 0 * * 7", "0 0 * * sun", "@weekly", "0 0 0 ? * 1", "0 0 0 ? * SUN"})
  void sundayHasItsNumberInEachDialect(String text) {
    assertThat(times(text, 2)).containsExactly("2026-01-04T00:00", "2026-01-11T00:00");
  }

  @Test
  void nicknamesAreUnixExpressions() {
    assertThat(times("@hourly", 2)).containsExactly("2026-01-01T00:00", "2026-01-01T01:00");
    assertThat(times("@Daily", 2)).containsExactly("2026-01-01T00:00", "2026-01-02T00:00");
    assertThat(times("@midnight", 1)).containsExactly("2026-01-01T00:00");
    assertThat(times("@monthly", 2)).containsExactly("2026-01-01T00:00", "2026-02-01T00:00");
    assertThat(times("@yearly", 2)).containsExactly("2026-01-01T00:00", "2027-01-01T00:00");
    assertThat(times("@annually", 2)).isEqualTo(times("@yearly", 2));
    assertThat(wrong("@fortnightly")).startsWith("unknown nickname @fortnightly; use @hourly");
  }

  @Test
  void quartzRangesMayWrapAround() {
    assertThat(times("0 0 22-1 * * ?", 5))
        .containsExactly(
            "2026-01-01T00:00",
            "2026-01-01T01:00",
            "2026-01-01T22:00",
            "2026-01-01T23:00",
            "2026-01-02T00:00");
    assertThat(times("0 0 0 ? * SAT-MON", 4))
        .containsExactly(
            "2026-01-03T00:00", "2026-01-04T00:00", "2026-01-05T00:00", "2026-01-10T00:00");
  }

  @Test
  void yearsLimitAnExpression() {
    assertThat(times("0 0 0 1 1 ? 2027-2031/2", 3))
        .containsExactly("2027-01-01T00:00", "2029-01-01T00:00", "2031-01-01T00:00");
    assertThat(parse("0 0 0 1 1 ? 2027").atOrAfter(LocalDateTime.of(2027, 1, 1, 0, 1))).isEmpty();
  }

  @Test
  void leapDaysAreFoundAcrossTheYear2100() {
    assertThat(parse("0 0 29 2 *").atOrAfter(LocalDateTime.of(2096, 3, 1, 0, 0)))
        .contains(LocalDateTime.of(2104, 2, 29, 0, 0));
  }

  @Test
  void theCountOfAStretchEqualsAWalkOverIt() {
    for (String text :
        List.of("*/7 3-5 * * 1,3", "0 0 2 LW * ?", "5/13 */11 1-4 10W 2,3 ?", "0 0 13 * 5")) {
      CronExpression cron = parse(text);
      LocalDateTime to = LocalDateTime.of(2028, 3, 5, 4, 29, 30);
      long walked = 0;
      LocalDateTime from = LocalDateTime.of(2026, 2, 3, 3, 14, 15);
      for (LocalDateTime t = cron.atOrAfter(from).orElseThrow();
          t.isBefore(to);
          t = cron.atOrAfter(t.plusSeconds(1)).orElseThrow()) {
        walked++;
      }

      assertThat(cron.count(from, to)).as(text).isEqualTo(walked).isPositive();
      assertThat(cron.count(to, from)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "*/5 2 * * *",
        "7 * * * *",
        "0 */2 * * *",
        "0 0/5 3 * * ?",
        "* * * * * ?",
        "0 0-23 * * *"
      })
  @DisplayName("TM6: an expression with a stepping minute or hour is an interval")
  void intervals(String text) {
    assertThat(parse(text).isInterval()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"30 2 * * *", "0,30 1-5 * * *", "5/10 2 * * *", "* 30 2 * * ?", "@daily"})
  @DisplayName("TM5: an expression with fixed minutes and hours is a time of day")
  void timesOfDay(String text) {
    assertThat(parse(text).isInterval()).isFalse();
  }

  @Test
  @DisplayName("TM9: an expression that no date matches is refused with its reason")
  void never() {
    assertThat(wrong("0 0 30 2 *"))
        .isEqualTo(
            "the expression never fires: no month of `2` has a day `30`; choose a day that exists"
                + " in the months of the expression");
    assertThat(wrong("0 0 0 31 4,6,9,11 ?")).contains("no month of `4,6,9,11` has a day `31`");
    assertThat(wrong("0 0 0 29 2 ? 2027")).contains("no month of `2` has a day `29` in `2027`");
    assertThat(wrong("0 0 0 ? * 2#6")).contains("never fires");
  }

  @Test
  @DisplayName(
      "TM10: Quartz needs ? in exactly one of the two day fields, and the hint shows where")
  void quartzNeedsAQuestionMark() {
    assertThat(wrong("0 0 2 * * *"))
        .isEqualTo(
            "day of month and day of week are both set; a Quartz expression needs ? in exactly one"
                + " of them, for example 0 0 2 * * ?");
    assertThat(wrong("0 0 2 * * MON")).endsWith("for example 0 0 2 ? * MON");
    assertThat(wrong("0 0 2 ? * ?"))
        .startsWith("day of month and day of week are both ?")
        .endsWith("for example 0 0 2 * * ?");
  }

  @Test
  void theFieldThatIsWrongIsNamed() {
    assertThat(wrong("61 * * * *"))
        .startsWith(
            "`61` is not a minute: value 61 is not in range [0, 59]; the fields are minute");
    assertThat(wrong("0 5-1 * * *")).startsWith("`5-1` is not an hour: the range ends before");
    assertThat(wrong("0 0 * foo *")).startsWith("`FOO` is not a month: it cannot be read");
    assertThat(wrong("*/0 * * * *")).startsWith("`*/0` is not a minute: period 0 is not in range");
    assertThat(wrong("0 0 0 32 * ?")).startsWith("`32` is not a day of month");
    assertThat(wrong("0 0 0 1 * ? 1960")).startsWith("`1960` is not a year");
    assertThat(wrong("0 0 ? * 1")).startsWith("`?` is not a day of month");
    assertThat(wrong("0 0 * * 1||0 1 * * 1")).contains("fields, this has 9");
    assertThat(wrong("* * * *")).startsWith("a cron expression has 5, 6 or 7 fields, this has 4");
    assertThat(wrong(" ")).startsWith("the cron expression is empty");
    assertThat(wrong("1,".repeat(300) + "1 * * * *")).contains("longer than 500 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1||2 * * * *",
        "1,,2 * * * *",
        "-1 * * * *",
        "1- * * * *",
        "1/ * * * *",
        "99999999999 * * * *",
        "* * * * MON-",
        "0 0 0 W * ?",
        "0 0 0 L-99 * ?",
        "0 0 0 ? * #2",
        "0 0 0 ? * L#2",
        "é * * * *",
        "* * * * 1#",
        "*/5/5 * * * *",
        "1-2-3 * * * *"
      })
  void nonsenseIsRefusedInOneLine(String text) {
    assertThat(wrong(text)).doesNotContain("\n").doesNotContain("Exception");
  }

  @Test
  void oneSpellingForBlanksAndLetters() {
    assertThat(CronExpression.normalise("  0  0 ?\t* mon ")).isEqualTo("0 0 ? * MON");
    assertThat(CronExpression.normalise("@Daily")).isEqualTo("@daily");
  }
}
