package io.oasis.server.console;

import io.oasis.manifest.Alarm;
import io.oasis.manifest.Owner;
import io.oasis.server.alarm.AlarmConfig;
import io.oasis.server.alarm.Delivery;
import io.oasis.server.alarm.Incident;
import io.oasis.server.alarm.Language;
import io.oasis.server.alarm.Letter;
import io.oasis.server.alarm.LetterWriter;
import io.oasis.server.alarm.Notice;
import io.oasis.server.run.RunView;
import io.oasis.server.time.DatabaseClock;
import io.oasis.ui.MailMessages;
import io.oasis.ui.mail.MailBody;
import io.oasis.ui.mail.Mails;
import io.oasis.ui.row.Pair;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts notices into the words and the looks of mails. */
@ApplicationScoped
public class AlarmLetters implements LetterWriter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '('VV')'", Locale.ROOT);
  private static final int MOST_ITEMS = 50;
  private static final int LONGEST_LINE = 500;
  private static final int LONGEST_WHY = 1_000;
  private static final int WHY_IN_SUBJECT = 80;

  private final AlarmConfig config;
  private final DatabaseClock clock;

  public AlarmLetters(AlarmConfig config, DatabaseClock clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Letter write(Notice notice) {
    return notice.items().size() == 1 ? one(notice, notice.items().get(0)) : digest(notice);
  }

  @Override
  public Letter test(String to, Language language, String by) {
    MailMessages say = words(language);
    MailBody body =
        new MailBody(
            language.tag(),
            "good",
            say.saidTest(by),
            List.of(),
            List.of(),
            List.of(),
            links("", "", say),
            List.of());
    String id = "oasis-test-" + clock.instant().toEpochMilli();
    return letter(to, language, say.subjectTest(), body, id, "");
  }

  private Letter one(Notice notice, Notice.Item item) {
    Language language = notice.language();
    MailMessages say = words(language);
    Speech speech = new Speech(language.locale(), item.zone(), clock.instant());
    boolean over = item.event() == Delivery.Event.RECOVERED;
    MailBody body =
        new MailBody(
            language.tag(),
            over ? "good" : "bad",
            sentence(item, say),
            facts(item, say, speech),
            item.lastLines().stream().map(line -> cut(LogText.plain(line), LONGEST_LINE)).toList(),
            List.of(),
            links("/runs/" + runId(item), say.openRun(), say),
            footer(item, say));
    return letter(
        notice.address(),
        language,
        subject(item, say, speech),
        body,
        "oasis-alarm-" + notice.id(),
        "oasis-incident-" + item.incident().id());
  }

  private static List<String> footer(Notice.Item item, MailMessages say) {
    return item.event() == Delivery.Event.RECOVERED
        ? List.of(say.whyYouGetThis())
        : List.of(say.howToSilence(Long.toString(item.incident().id())), say.whyYouGetThis());
  }

  private Letter digest(Notice notice) {
    Language language = notice.language();
    MailMessages say = words(language);
    String count = Integer.toString(notice.items().size());
    List<MailBody.Item> items =
        new ArrayList<>(
            notice.items().stream()
                .limit(MOST_ITEMS)
                .map(item -> brief(item, say, language))
                .toList());
    int left = notice.items().size() - items.size();
    if (left > 0) {
      items.add(new MailBody.Item(say.saidMore(Integer.toString(left)), "", "", ""));
    }
    boolean bad = notice.items().stream().anyMatch(i -> i.event() != Delivery.Event.RECOVERED);
    MailBody body =
        new MailBody(
            language.tag(),
            bad ? "bad" : "good",
            say.saidDigest(count),
            List.of(),
            List.of(),
            List.copyOf(items),
            links("", "", say),
            List.of(say.whyYouGetThis()));
    return letter(
        notice.address(),
        language,
        say.subjectDigest(count),
        body,
        "oasis-alarm-" + notice.id(),
        "");
  }

  private MailBody.Item brief(Notice.Item item, MailMessages say, Language language) {
    Speech speech = new Speech(language.locale(), item.zone(), clock.instant());
    return new MailBody.Item(
        sentence(item, say),
        item.event() == Delivery.Event.RECOVERED ? "" : cut(why(item, speech), LONGEST_LINE),
        time(item.at(), item.zone()),
        address("/runs/" + runId(item)));
  }

  private static String sentence(Notice.Item item, MailMessages say) {
    Incident incident = item.incident();
    String job = incident.job().key().toString();
    String what = what(incident.kind(), say);
    String failures = Long.toString(item.failures());
    return switch (item.event()) {
      case OPENED -> say.saidOpened(job, what);
      case REPEATED -> say.saidRepeated(job, what, failures);
      case RECOVERED -> say.saidRecovered(job, what, failures);
    };
  }

  private static String subject(Notice.Item item, MailMessages say, Speech speech) {
    Incident incident = item.incident();
    String job = incident.job().key().toString();
    String why = cut(why(item, speech), WHY_IN_SUBJECT);
    String what = what(incident.kind(), say) + (why.isEmpty() ? "" : ": " + why);
    return switch (item.event()) {
      case OPENED -> say.subjectOpened(job, what);
      case REPEATED ->
          say.subjectRepeated(job, what(incident.kind(), say), Long.toString(item.failures()));
      case RECOVERED -> say.subjectRecovered(job);
    };
  }

  private static String what(Alarm.Event kind, MailMessages say) {
    return switch (kind) {
      case FAILURE -> say.failed();
      case TIMEOUT -> say.timedOut();
      case LOST -> say.lost();
      case MISSED -> say.missed();
    };
  }

  /** Of the run that the mail is about; of the incident when that is dropped or not read. */
  private static String why(Notice.Item item, Speech speech) {
    Incident.Failure last = item.incident().last();
    return item.run()
        .map(run -> speech.why(run.reason(), run.message()))
        .orElseGet(() -> speech.why(last.reason(), last.message()));
  }

  private static long runId(Notice.Item item) {
    return item.run()
        .map(RunView::id)
        .orElseGet(
            () ->
                item.incident()
                    .resolved()
                    .filter(r -> item.event() == Delivery.Event.RECOVERED)
                    .flatMap(Incident.Resolution::run)
                    .orElse(item.incident().last().run()));
  }

  private static List<Pair> facts(Notice.Item item, MailMessages say, Speech speech) {
    Incident incident = item.incident();
    Incident.Subject job = incident.job();
    boolean titled = !job.title().isBlank() && !job.title().equals(job.key().name());
    List<Pair> facts = new ArrayList<>();
    facts.add(
        new Pair(say.job(), titled ? job.title() + " (" + job.key() + ")" : job.key().toString()));
    String owner = owner(job.owner());
    if (!owner.isEmpty()) {
      facts.add(new Pair(say.owner(), owner));
    }
    facts.add(new Pair(say.run(), "#" + runId(item)));
    if (item.event() != Delivery.Event.RECOVERED) {
      String why = why(item, speech);
      if (!why.isEmpty()) {
        facts.add(new Pair(say.why(), cut(why, LONGEST_WHY)));
      }
    }
    item.run().ifPresent(run -> facts.addAll(facts(run, item.zone(), say, speech)));
    if (item.event() != Delivery.Event.OPENED) {
      facts.add(new Pair(say.since(), time(incident.openedAt(), item.zone())));
    }
    return List.copyOf(facts);
  }

  private static List<Pair> facts(RunView run, ZoneId zone, MailMessages say, Speech speech) {
    List<Pair> facts = new ArrayList<>();
    Optional<RunView.Stretch> stretch = run.stretch();
    if (stretch.isPresent()) {
      facts.add(
          new Pair(
              say.nominalTime(),
              speech
                  .sentences()
                  .stretchWords(
                      speech.number(stretch.get().count()),
                      time(stretch.get().from(), zone),
                      time(stretch.get().to(), zone))));
      return facts;
    }
    facts.add(
        new Pair(
            say.attempt(),
            say.attemptOf(Integer.toString(run.attempt()), Integer.toString(run.maxAttempts()))));
    run.node().ifPresent(node -> facts.add(new Pair(say.node(), node)));
    facts.add(new Pair(say.nominalTime(), time(run.times().nominal(), zone)));
    run.times().finished().ifPresent(at -> facts.add(new Pair(say.finishedAt(), time(at, zone))));
    return facts;
  }

  private static String owner(Owner owner) {
    return owner.name().isBlank() ? owner.email() : owner.name();
  }

  private List<MailBody.Link> links(String path, String text, MailMessages say) {
    List<MailBody.Link> links = new ArrayList<>();
    if (config.publicUrl().isPresent()) {
      if (!path.isEmpty()) {
        links.add(new MailBody.Link(text, address(path)));
      }
      links.add(new MailBody.Link(say.openIncident(), address("/alarms")));
    }
    return List.copyOf(links);
  }

  private String address(String path) {
    return config.publicUrl().map(url -> url.toString().replaceFirst("/+$", "") + path).orElse("");
  }

  private static Letter letter(
      String to, Language language, String subject, MailBody body, String id, String thread) {
    Locale locale = language.locale();
    return new Letter(
        to,
        subject,
        Mails.text(body).setLocale(locale).render().replaceAll("\n{3,}", "\n\n"),
        Mails.html(body).setLocale(locale).render(),
        id,
        thread);
  }

  private static MailMessages words(Language language) {
    return MessageBundles.get(MailMessages.class, Localized.Literal.of(language.tag()));
  }

  private static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }

  private static String cut(String text, int longest) {
    String line = text.replaceAll("[\\p{Cntrl}&&[^\\t]]+", " ").strip();
    int length = line.codePointCount(0, line.length());
    return length <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
  }
}
