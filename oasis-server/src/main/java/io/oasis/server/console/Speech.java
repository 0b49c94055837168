package io.oasis.server.console;

import io.oasis.manifest.Problem;
import io.oasis.phrase.Phrase;
import io.oasis.server.identity.Role;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import io.oasis.ui.AppMessages;
import io.oasis.ui.ConsoleMessages;
import io.oasis.ui.EditMessages;
import io.oasis.ui.JobMessages;
import io.oasis.ui.PeopleMessages;
import io.oasis.ui.ProblemMessages;
import io.oasis.ui.RemarkMessages;
import io.oasis.ui.Sentences;
import io.oasis.ui.Words;
import io.oasis.ui.row.Moment;
import io.oasis.ui.row.ProblemWord;
import io.oasis.ui.row.RunBadge;
import io.oasis.ui.row.Why;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says values in the viewer's language and time zone. One for each page: "now" stands still. */
final class Speech {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DATE_MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter CLOCK_MILLIS =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter HOUR_MINUTE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter FORM_FIELD =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT);

  /** Reasons whose message is what the handler itself said. */
  private static final Set<String> HANDLERS_WORDS =
      Set.of(ReasonCode.HANDLER_FAILED.name(), ReasonCode.NOT_RETRYABLE.name());

  /** Reasons that do not say what the message is about: it tells of the attempt before. */
  private static final Set<String> BESIDE_THE_MESSAGE = Set.of(ReasonCode.BACKOFF.name());

  private final Locale locale;
  private final ZoneId zone;
  private final Instant now;
  private final ConsoleMessages messages;
  private final JobMessages jobMessages;
  private final Sentences sentences;
  private final Words words;
  private final PeopleMessages people;
  private final EditMessages edit;
  private final AppMessages apps;
  private final ProblemMessages problems;
  private final Remarks remarks;

  Speech(Locale locale, ZoneId zone, Instant now) {
    this.locale = locale;
    this.zone = zone;
    this.now = now;
    Localized.Literal language = Localized.Literal.of(locale.toLanguageTag());
    this.messages = MessageBundles.get(ConsoleMessages.class, language);
    this.jobMessages = MessageBundles.get(JobMessages.class, language);
    this.sentences = MessageBundles.get(Sentences.class, language);
    this.words = MessageBundles.get(Words.class, language);
    this.edit = MessageBundles.get(EditMessages.class, language);
    this.apps = MessageBundles.get(AppMessages.class, language);
    this.problems = MessageBundles.get(ProblemMessages.class, language);
    this.remarks = new Remarks(MessageBundles.get(RemarkMessages.class, language));
    this.people = MessageBundles.get(PeopleMessages.class, language);
  }

  /** The same language and zone at a later moment. */
  Speech at(Instant later) {
    return new Speech(locale, zone, later);
  }

  Locale locale() {
    return locale;
  }

  ZoneId zone() {
    return zone;
  }

  Instant now() {
    return now;
  }

  ConsoleMessages messages() {
    return messages;
  }

  JobMessages jobMessages() {
    return jobMessages;
  }

  Sentences sentences() {
    return sentences;
  }

  Words words() {
    return words;
  }

  EditMessages edit() {
    return edit;
  }

  PeopleMessages people() {
    return people;
  }

  AppMessages apps() {
    return apps;
  }

  String role(Role role) {
    return switch (role) {
      case VIEWER -> sentences.roleViewer();
      case OPERATOR -> sentences.roleOperator();
      case EDITOR -> sentences.roleEditor();
      case ADMIN -> sentences.roleAdmin();
    };
  }

  /** 18,204. */
  String number(long n) {
    return NumberFormat.getIntegerInstance(locale).format(n);
  }

  Moment moment(Instant at) {
    return new Moment(at.toString(), exact(at), DATE_TIME.format(at.atZone(zone)), relative(at));
  }

  Moment moment(Optional<Instant> at) {
    return at.map(this::moment).orElse(Moment.NONE);
  }

  /** A moment whose clock has milliseconds and no date: for the steps of one run. */
  Moment stepMoment(Instant at) {
    return new Moment(at.toString(), exact(at), CLOCK_MILLIS.format(at.atZone(zone)), relative(at));
  }

  /** 2026-11-22 02:30:00.004. */
  String exactMillis(Instant at) {
    return DATE_MILLIS.format(at.atZone(zone));
  }

  /** 02:30:00.004. */
  String clockMillis(Instant at) {
    return CLOCK_MILLIS.format(at.atZone(zone));
  }

  /** 02:30. */
  String hourMinute(Instant at) {
    return HOUR_MINUTE.format(at.atZone(zone));
  }

  /** As a field of type datetime-local takes it. */
  String formField(Instant at) {
    return FORM_FIELD.format(at.atZone(zone));
  }

  /** Weekday, date and time in a zone that need not be the viewer's. */
  String inZone(Instant at, ZoneId other) {
    return DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", locale).format(at.atZone(other));
  }

  /** The same rule as {@code times.js}, which goes on with it while the page is open. */
  String relative(Instant at) {
    Duration distance = Duration.between(at, now);
    if (distance.isNegative() && distance.compareTo(Duration.ofSeconds(-1)) > 0) {
      // Made while this page was: "in 0 s" would be strange.
      distance = Duration.ZERO;
    }
    String[] steps =
        (distance.isNegative() ? messages.relativeFuture() : messages.relativePast())
            .split("\\|", -1);
    Duration size = distance.abs();
    String step;
    long count;
    if (size.compareTo(Duration.ofMinutes(1)) < 0) {
      step = steps[0];
      count = size.toSeconds();
    } else if (size.compareTo(Duration.ofHours(1)) < 0) {
      step = steps[1];
      count = size.toMinutes();
    } else if (size.compareTo(Duration.ofDays(2)) < 0) {
      step = steps[2];
      count = size.toHours();
    } else {
      step = steps[3];
      count = size.toDays();
    }
    return step.replace("#", Long.toString(count));
  }

  /** Two units at most: "380 ms", "3.2 s", "4 m 11 s", "2 h 5 m". A negative one counts as none. */
  String duration(Duration duration) {
    Duration d = duration.isNegative() ? Duration.ZERO : duration;
    if (d.toMillis() < 1000) {
      return sentences.durationMillis(Long.toString(d.toMillis()));
    }
    if (d.toSeconds() < 10) {
      return sentences.durationSeconds(
          d.toSeconds() + (d.toMillisPart() >= 100 ? "." + d.toMillisPart() / 100 : ""));
    }
    if (d.toMinutes() < 1) {
      return sentences.durationSeconds(Long.toString(d.toSeconds()));
    }
    if (d.toHours() < 1 && d.toSecondsPart() == 0) {
      return sentences.durationWholeMinutes(Long.toString(d.toMinutes()));
    }
    if (d.toHours() < 1) {
      return sentences.durationMinutes(
          Long.toString(d.toMinutes()), Integer.toString(d.toSecondsPart()));
    }
    if (d.toHours() < 48 && d.toMinutesPart() == 0) {
      return sentences.durationWholeHours(Long.toString(d.toHours()));
    }
    if (d.toHours() < 48) {
      return sentences.durationHours(
          Long.toString(d.toHours()), Integer.toString(d.toMinutesPart()));
    }
    if (d.toHoursPart() == 0) {
      return sentences.durationWholeDays(Long.toString(d.toDays()));
    }
    return sentences.durationDays(Long.toString(d.toDays()), Integer.toString(d.toHoursPart()));
  }

  String duration(Optional<Duration> duration) {
    return duration.map(this::duration).orElse("");
  }

  /**
   * Why something is as it is. The message says more than the code. It is in the handler's words,
   * or it is the engine's, in English: in another language those of its remarks that are known are
   * worded, and the words of the code stand before what is not.
   */
  String why(Optional<String> reason, Optional<String> message) {
    Optional<String> said = message.filter(text -> !text.isBlank());
    boolean ownWords = said.isPresent() && reason.filter(HANDLERS_WORDS::contains).isPresent();
    boolean english =
        locale.getLanguage().equals(Locale.ENGLISH.getLanguage())
            && reason.filter(BESIDE_THE_MESSAGE::contains).isEmpty();
    if (ownWords || (english && said.isPresent())) {
      return said.get();
    }
    Optional<String> remark = said.flatMap(remarks::whole);
    if (remark.isPresent()) {
      return remark.get();
    }
    String words = reason.map(this::reason).orElse("");
    return said.map(remarks::parts)
        .map(text -> words.isEmpty() ? text : words + " · " + text)
        .orElse(words);
  }

  /** What the engine has remarked; what others have said stays as it is. */
  String remark(String text) {
    return remarks.whole(text).orElse(text);
  }

  /** What is wrong with a manifest or a form, and what to do about it: one line. */
  String problem(Problem problem) {
    String said = phrase(problem.said());
    return problem.advice().map(advice -> edit.problemAndAdvice(said, phrase(advice))).orElse(said);
  }

  /** A phrase in the viewer's language. */
  String phrase(Phrase phrase) {
    return phrase.in(saying -> problems.say(ProblemWord.valueOf(saying.name())));
  }

  /** The words of a reason code; a code of a newer server is shown as it is. */
  String reason(String code) {
    for (Why why : Why.values()) {
      if (why.name().equals(code)) {
        return words.reason(why);
      }
    }
    return code;
  }

  /** The word of a state. */
  String state(RunState state) {
    return words.state(RunBadge.valueOf(state.name()));
  }

  private String exact(Instant at) {
    String own = DATE_TIME.format(at.atZone(zone)) + " " + zone.getId();
    return zone.equals(ZoneOffset.UTC) || zone.getId().equals("UTC")
        ? own
        : own + " · " + DATE_TIME.format(at.atZone(ZoneOffset.UTC)) + " UTC";
  }
}
