package io.oasis.phrase;

import java.util.List;

/**
 * Everything that readers of manifests and schedules say of mistakes, with its English wording.
 * Places for arguments stand in angle brackets. The names are stable: other languages are worded by
 * them.
 */
public enum Saying {
  /** A text of which only the English, or the data itself, is there. */
  PLAIN("<text>"),

  // Kinds of values
  A_MAPPING("a mapping"),
  A_LIST("a list"),
  TEXT("text"),
  A_NAME("a name"),
  TRUE_OR_FALSE("true or false"),
  A_WHOLE_NUMBER("a whole number"),
  A_NUMBER("a number"),
  A_DURATION("a duration such as 30s"),
  A_TIME_ZONE("a time zone"),
  A_DATE_AND_TIME("a date and time"),
  A_QUOTED_CRON("a cron expression in quotes"),
  ONE_OF("one of <words>"),

  // Values
  WRONG_KIND("this must be <wanted>, it is <kind>"),
  NO_VALUE("the field has no value"),
  GIVE_A_VALUE("give it one, or remove the field"),
  TEXT_TOO_LONG("the text is longer than <most> characters"),
  BAD_CHARACTER("the character <character> is not allowed here"),
  TEXT_IS_BLANK("the text is blank"),
  WRITE_SOMETHING("write something"),
  NOT_A_NAME("`<text>` is not a name"),
  NAME_RULE("use a-z, 0-9 and inner hyphens, at most <most> characters"),
  NAME_RULE_EXAMPLE(
      "use a-z, 0-9 and inner hyphens, at most <most> characters, for example `<example>`"),
  IS_NOT("`<text>` is not <wanted>"),
  WRITE_TRUE_OR_FALSE("write true or false, without quotes"),
  WITHOUT_QUOTES("write it without quotes"),
  WRITE_A_NUMBER("write a number from <min> to <max>"),
  NOT_WHOLE("<text> is not a whole number"),
  OUT_OF_RANGE("<text> is out of range"),
  WRITE_IN_RANGE("write <wanted> from <min> to <max>"),
  NO_UNIT("<text> has no unit"),
  ADD_A_UNIT("write <text>s for seconds or <text>m for minutes"),
  NOT_A_DURATION("`<text>` is not a duration"),
  DURATION_FORMS("write for example 500ms, 30s, 10m, 2h, 1d or 1h30m"),
  DURATION_RANGE("write a duration from <min> to <max> in whole milliseconds"),
  NOT_KNOWN("`<text>` is not known here"),
  DID_YOU_MEAN("did you mean `<word>`?"),
  USE_ONE_OF("use one of <words>"),
  WRITE("write <text>"),
  WRITE_EITHER("write <one> or <other>"),
  FOR_EXAMPLE("write for example <example>"),
  FOR_EXAMPLE_EITHER("write for example <brief> or <full>"),
  LIST_TOO_LONG("the list has more than <most> entries"),
  TOO_MANY_KEYS("there are more than <most> keys"),
  NOT_A_KEY("`<key>` cannot be a key"),
  KEY_RULE("use A-Z, a-z, 0-9 and inner . _ / -, at most <most> characters"),
  NOT_A_LIST_HERE("this cannot be a list"),

  // Fields
  MISSING("`<field>` is missing"),
  UNKNOWN_FIELD("unknown field `<field>`"),
  FURTHER_UNKNOWN("<count> further unknown fields"),
  CORRECT_THE_FIRST("correct the first ones"),
  MOVE_OR_REMOVE("move or remove it"),
  NO_MEANING_WITH("`<field>` has no meaning together with <kind>"),
  ONLY_WITH("`<field>` has a meaning only with <setting>"),
  ONLY_WHERE_RUNS_WAIT("`<field>` has a meaning only where runs wait"),
  BELONGS_UNDER("`<field>` belongs under `<parent>`"),
  TITLE_BELONGS_INTO_SPEC("title belongs into spec"),
  APP_HAS_NO_APP("an App has no app of its own"),

  // Documents
  DOCUMENT_KIND("a document must be a mapping, this is <kind>"),
  BEGIN_WITH("begin with <first> and <second>"),
  WRITE_SPEC("write spec with at least schedule and handler"),
  WRITE_APP_NAME("write the app's name"),
  WRITE_APP_OF_JOB("write the name of the app that runs the job"),
  WRITE_JOB_NAME("write the job's name"),
  WRITE_HANDLER("write the name of the handler to run"),
  DEFINED_TWICE("<object> is defined twice, first at <place>"),
  REMOVE_OR_RENAME("remove one of them, or give it another name"),
  NO_SUCH_APP("there is no app <app>"),
  ADD_THE_APP("add a document of kind App with that name, or start an executor of the app"),

  // Params, owners
  TEXT_OR_SECRET("this must be text or a secret, it is a mapping"),
  WRITE_TEXT_OR("write text, or for example <example>"),
  LIKE_A_SECRET("a plain value cannot begin with <prefix>"),
  SECRET_MARK("<value> is the mark of a secret value that this job does not have"),
  WRITE_VALUE_OR("write the value, or <example>"),
  NOT_AN_ADDRESS("`<text>` is not an address"),
  WRITE_OWNER_OR("write `owner` or for example <example>"),

  // Schedules
  WRITE_SCHEDULE("write a schedule, or `none` for a job that is started by hand"),
  NOT_A_SCHEDULE("a schedule cannot be <kind>"),
  SCHEDULE_FORMS("write <forms> or none"),
  SCHEDULE_SAYS_NO_TIME("the schedule says no time"),
  SEVERAL_SCHEDULES("a schedule has one of <kinds>, not several"),
  KEEP_ONE_SCHEDULE("keep one of them; two schedules are two jobs"),
  EMPTY_SCHEDULE("the schedule is empty"),
  WHICH_SCHEDULE("`<text>` does not say which kind of schedule it is"),
  JITTER_MOVES_NOTHING("a jitter of <jitter> moves nothing"),
  JITTER_SECONDS("fires are moved by whole seconds; write at least <least>"),
  END_NOT_AFTER_START("the end is not after the start"),
  EXCHANGE_OR_REMOVE("exchange them, or remove one"),
  UNKNOWN_ZONE("unknown time zone `<zone>`"),
  ZONE_ABBREVIATED("abbreviations have several meanings; write a region such as Asia/Shanghai"),
  ZONE_FORMS("write a region such as Asia/Shanghai, UTC, or an offset such as +08:00"),
  NOT_A_MOMENT("`<text>` is not a date and time"),
  NO_OFFSET("the time has no offset from UTC"),
  TIME_IN_GAP("<time> does not exist in <zone>, the clock jumps over it"),
  CHOOSE_OTHER_TIME("choose another time, or write the offset"),
  YEAR_OUT_OF_RANGE("the year <year> is out of range"),
  YEAR_RANGE("use a year from <min> to <max>"),
  FRACTION_OF_SECOND("the time has a fraction of a second"),
  WRITE_WHOLE_SECONDS("write whole seconds"),
  TIME_IS_OVER("the time of <object> is over (<time> <zone>)"),
  CHOOSE_LATER_TIME("choose a later time, or add ifPast: run or ifPast: skip"),

  // Policies
  WINDOW_TOO_SHORT("the window <window> is shorter than the grace <grace>"),
  LONGER_WINDOW("make the window longer"),
  CAP_TOO_SHORT("the cap is shorter than the backoff"),
  LONGER_CAP("make the cap at least as long"),
  TOTAL_TOO_SHORT("the total is shorter than one attempt"),
  LONGER_TOTAL("make it at least as long"),
  MIN_OR_PERCENT("success needs either min or percent"),

  SPEC_UNREADABLE("its spec cannot be read: <why>"),
  CHOOSE_OTHER_REVISION("choose another revision, or apply the job's manifest"),

  // Cron expressions
  CRON_EMPTY("the cron expression is empty"),
  CRON_TOO_LONG("the cron expression is longer than <most> characters"),
  CRON_FORMS(
      "write 5 fields (minute hour day month weekday), 6 or 7 fields (Quartz, seconds first) or"
          + " a nickname such as @daily"),
  CRON_UNKNOWN_NICKNAME("unknown nickname <nickname>"),
  CRON_NICKNAMES("use @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually"),
  CRON_FIELD_COUNT("a cron expression has 5, 6 or 7 fields, this has <count>"),
  CRON_BOTH_DAYS_OPEN("day of month and day of week are both ?"),
  CRON_BOTH_DAYS_SET("day of month and day of week are both set"),
  CRON_ONE_DAY_OPEN("a Quartz expression needs ? in exactly one of them, for example <example>"),
  CRON_NEVER("the expression never fires: no month of `<months>` has a day `<days>`"),
  CRON_NEVER_WEEKDAY(
      "the expression never fires: no month of `<months>` has a day `<days>` that is `<weekday>`"),
  CRON_NEVER_YEAR(
      "the expression never fires: no month of `<months>` has a day `<days>` in `<years>`"),
  CRON_NEVER_WEEKDAY_YEAR(
      "the expression never fires: no month of `<months>` has a day `<days>` that is `<weekday>` in"
          + " `<years>`"),
  CRON_CHOOSE_DAY("choose a day that exists in the months of the expression"),
  CRON_NOT_A_SECOND("`<text>` is not a second: <why>"),
  CRON_NOT_A_MINUTE("`<text>` is not a minute: <why>"),
  CRON_NOT_AN_HOUR("`<text>` is not an hour: <why>"),
  CRON_NOT_A_DAY("`<text>` is not a day of month: <why>"),
  CRON_NOT_A_MONTH("`<text>` is not a month: <why>"),
  CRON_NOT_A_WEEKDAY("`<text>` is not a day of week: <why>"),
  CRON_NOT_A_YEAR("`<text>` is not a year: <why>"),
  CRON_VALUE_RANGE("value <value> is not in range [<min>, <max>]"),
  CRON_PERIOD_RANGE("period <value> is not in range [<min>, <max>]"),
  CRON_RANGE_BACKWARDS("the range ends before it begins"),
  CRON_UNREADABLE("it cannot be read"),
  CRON_FIVE_FIELDS("the fields are minute, hour, day of month, month, day of week"),
  CRON_SIX_FIELDS("the fields are second, minute, hour, day of month, month, day of week"),
  CRON_SEVEN_FIELDS("the fields are second, minute, hour, day of month, month, day of week, year");

  private final String english;
  private final List<String> places;

  Saying(String english) {
    this.english = english;
    this.places = Phrase.places(english);
  }

  /** The names of its places, each once, in their order. */
  List<String> places() {
    return places;
  }

  /** The English wording, with its places in angle brackets. */
  public String english() {
    return english;
  }

  /**
   * Says it.
   *
   * @param arguments for the places, in their order: texts, numbers or phrases
   * @throws IllegalArgumentException when there are not as many as it has places
   */
  public Phrase of(Object... arguments) {
    return Phrase.of(this, arguments);
  }
}
