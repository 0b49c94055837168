package io.oasis.manifest;

import io.oasis.manifest.Routing.Success;
import io.oasis.phrase.Phrase;
import io.oasis.phrase.Saying;
import io.oasis.schedule.Misfire;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the {@code spec} of a Job and of an App. */
final class SpecReader {
  static final Pattern KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,126}[A-Za-z0-9])?");
  static final Phrase KEY_RULE = Saying.KEY_RULE.of(128);

  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_PARAM = 65_536;
  private static final int MOST_PARAMS = 100;

  private final ZoneId defaultZone;

  SpecReader(ZoneId defaultZone) {
    this.defaultZone = defaultZone;
  }

  /** Reads an app's spec; what is wrong has been reported when the sink has grown. */
  AppSpec app(FieldReader fields, String name) {
    String title = fields.read("title", Values.line(LONGEST_TITLE), name);
    Owner owner = fields.read("owner", owner(), Owner.NOBODY);
    fields.close();
    return new AppSpec(title, owner);
  }

  /** Reads a job's spec; what is wrong has been reported when the sink has grown. */
  JobSpec job(FieldReader fields, String name) {
    String title = fields.read("title", Values.line(LONGEST_TITLE), name);
    ScheduleReader.Timing timing =
        fields
            .require("schedule", new ScheduleReader(defaultZone)::read, Saying.WRITE_SCHEDULE.of())
            .orElse(ScheduleReader.Timing.BY_HAND);
    Misfire misfire = fields.read("misfire", PolicyReader.misfire(), Misfire.DEFAULT);
    String handler =
        fields.require("handler", Values.line(200), Saying.WRITE_HANDLER.of()).orElse("");
    Map<String, String> params =
        fields.read(
            "params",
            Values.texts(
                KEY, KEY_RULE, SecretRef.orText(Values.text(LONGEST_PARAM, true)), MOST_PARAMS),
            Map.of());
    Routing routing = fields.read("routing", routing(), Routing.DEFAULT);
    Blocking blocking = fields.read("blocking", PolicyReader.blocking(), Blocking.DEFAULT);
    Retry retry = fields.read("retry", PolicyReader.retry(), Retry.DEFAULT);
    Timeouts timeouts = fields.read("timeout", PolicyReader.timeouts(), Timeouts.DEFAULT);
    Owner owner = fields.read("owner", owner(), Owner.NOBODY);
    Alarm alarm = fields.read("alarm", AlarmReader.alarm(), Alarm.NONE);
    boolean enabled = fields.read("enabled", Values.bool(), true);
    for (String option : List.of("cron", "fixedRate", "fixedDelay", "timeZone")) {
      fields.refuse(option, Saying.BELONGS_UNDER.of(option, "schedule"));
    }
    fields.close();
    return new JobSpec(
        title,
        timing.schedule(),
        timing.window(),
        timing.jitter(),
        misfire,
        handler,
        params,
        routing,
        blocking,
        retry,
        timeouts,
        owner,
        alarm,
        enabled);
  }

  /** Labels of a job, and the labels that a selector wants. */
  static ValueReader<Map<String, String>> labels() {
    return Values.texts(KEY, KEY_RULE, Values.text(200, false), 50);
  }

  private static ValueReader<Owner> owner() {
    return (value, path, problems) ->
        Values.mapping("{name: Li, email: li@example.com}")
            .read(value, path, problems)
            .map(
                mapping -> {
                  FieldReader fields = new FieldReader(mapping, path, problems);
                  String name = fields.read("name", Values.text(LONGEST_TITLE, false), "");
                  String email = fields.read("email", Values.text(MailAddress.LONGEST, false), "");
                  if (!email.isEmpty() && !MailAddress.isValid(email)) {
                    fields.report(
                        "email",
                        Saying.NOT_AN_ADDRESS.of(Values.shown(email)),
                        Saying.FOR_EXAMPLE.of("li@example.com"));
                  }
                  fields.close();
                  return new Owner(name, email);
                });
  }

  private static ValueReader<Routing> routing() {
    Success all = Routing.DEFAULT.success();
    return PolicyReader.eitherWay(
        "round-robin",
        "{strategy: broadcast, success: all}",
        Values.word(Routing.Strategy.class),
        strategy -> new Routing(strategy, Map.of(), all),
        fields -> {
          Routing.Strategy strategy =
              fields.read(
                  "strategy", Values.word(Routing.Strategy.class), Routing.DEFAULT.strategy());
          Map<String, String> selector = fields.read("selector", labels(), Map.of());
          Success success = all;
          Routing.MemberLost lost = Routing.DEFAULT.memberLost();
          Routing.NoNodes nobody = Routing.DEFAULT.noNodes();
          if (strategy == Routing.Strategy.BROADCAST) {
            success = fields.read("success", success(), all);
            lost = fields.read("memberLost", Values.word(Routing.MemberLost.class), lost);
            nobody = fields.read("noNodes", Values.word(Routing.NoNodes.class), nobody);
          } else {
            for (String field : List.of("success", "memberLost", "noNodes")) {
              fields.refuse(field, Saying.ONLY_WITH.of(field, "strategy: broadcast"));
            }
          }
          return new Routing(strategy, selector, success, lost, nobody);
        });
  }

  private static ValueReader<Success> success() {
    return PolicyReader.eitherWay(
        "all, any, {min: 2}",
        "{percent: 80}",
        Values.oneOf(List.of("all", "any")),
        word -> new Success(word.equals("any") ? Success.Rule.ANY : Success.Rule.ALL, 0),
        fields -> {
          Optional<Integer> min = fields.read("min", Values.integer(1, 100_000));
          Optional<Integer> percent = fields.read("percent", Values.integer(1, 100));
          if (fields.has("min") == fields.has("percent")) {
            fields
                .problems()
                .add(
                    fields.mapping().mark(),
                    fields.path(""),
                    Saying.MIN_OR_PERCENT.of(),
                    Saying.WRITE_EITHER.of("{min: 2}", "{percent: 80}"));
          }
          return min.map(n -> new Success(Success.Rule.MIN, n))
              .or(() -> percent.map(n -> new Success(Success.Rule.PERCENT, n)))
              .orElse(Routing.DEFAULT.success());
        });
  }
}
