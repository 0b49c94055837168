package io.oasis.manifest.schema;

import static io.oasis.manifest.schema.SchemaNode.bool;
import static io.oasis.manifest.schema.SchemaNode.duration;
import static io.oasis.manifest.schema.SchemaNode.mapping;
import static io.oasis.manifest.schema.SchemaNode.moment;
import static io.oasis.manifest.schema.SchemaNode.oneOf;
import static io.oasis.manifest.schema.SchemaNode.type;
import static io.oasis.manifest.schema.SchemaNode.words;

import io.oasis.schedule.Misfire;
import io.oasis.schedule.Schedule;
import java.time.Duration;

/** The fields {@code schedule} and {@code misfire}. */
final class ScheduleSchema {
  private ScheduleSchema() {}

  static SchemaNode schedule() {
    return SchemaNode.either(
            oneOf("none").about("By hand", "Never fires by itself."),
            cron(),
            fixedRate(),
            fixedDelay(),
            once())
        .about("Schedule", "When the job fires.");
  }

  private static SchemaNode cron() {
    SchemaNode cron =
        mapping()
            .about("Cron", "Fires at the times that an expression matches in a time zone.")
            .require("cron")
            .field(
                "cron",
                type("string")
                    .with("minLength", 1)
                    .with("maxLength", 500)
                    .about(
                        "Cron expression",
                        "Five fields are UNIX cron, six or seven are Quartz (seconds first), and"
                            + " @hourly, @daily and their like work. In quotes.")
                    .examples("0 2 * * *", "0 30 2 * * ?", "@daily"))
            .field("timeZone", zone())
            .field(
                "gap",
                words(Schedule.Gap.class)
                    .about(
                        "Gap",
                        "A time that the clock jumps over: shift fires once at the first instant"
                            + " after the gap, skip does not fire.")
                    .usual("shift")
                    .examples("shift"))
            .field(
                "overlap",
                words(Schedule.Overlap.class)
                    .about(
                        "Overlap",
                        "A time that the clock shows twice: first fires the first time only, both"
                            + " fires both times.")
                    .usual("first")
                    .examples("first"));
    return jitter(window(cron));
  }

  private static SchemaNode fixedRate() {
    SchemaNode rate =
        mapping()
            .about("Fixed rate", "Fires every interval, whatever the runs do.")
            .require("fixedRate")
            .field(
                "fixedRate", duration().about("Interval", "From 1s to 366d.").examples("30s", "1h"))
            .field(
                "anchor",
                moment()
                    .about(
                        "Anchor",
                        "The first time; all others are whole intervals after it. Else when the"
                            + " job was created.")
                    .examples("2026-01-01T08:10:00+08:00"));
    return jitter(window(rate));
  }

  private static SchemaNode fixedDelay() {
    return window(
        mapping()
            .about("Fixed delay", "Fires some time after the last run has ended.")
            .require("fixedDelay")
            .field("fixedDelay", duration().about("Delay", "From 1s to 366d.").examples("30s"))
            .field(
                "resetOnManual",
                bool(false)
                    .about("Reset on manual run", "The end of a manual run counts as well.")
                    .examples(true)));
  }

  private static SchemaNode once() {
    return mapping()
        .about("One time", "Fires once.")
        .require("at")
        .field(
            "at",
            moment()
                .about("Time", "With an offset, or local in timeZone; a date is its midnight.")
                .examples("2026-12-01T09:00:00+08:00"))
        .field("timeZone", zone())
        .field(
            "ifPast",
            words(Schedule.IfPast.class)
                .about(
                    "If past",
                    "When the time is over at the first apply: refuse the document, run once now,"
                        + " or skip it.")
                .usual("refuse")
                .examples("skip"));
  }

  private static SchemaNode zone() {
    return type("string")
        .with("minLength", 1)
        .about("Time zone", "A region, or an offset. Else that of the server's configuration.")
        .examples("Asia/Shanghai", "UTC", "+08:00");
  }

  private static SchemaNode window(SchemaNode node) {
    return node.field(
            "start", moment().about("Start", "No fire before it.").examples("2026-12-01T00:00:00Z"))
        .field(
            "end",
            moment().about("End", "No fire at or after it.").examples("2027-01-01T00:00:00Z"));
  }

  private static SchemaNode jitter(SchemaNode node) {
    return node.field(
        "jitter",
        duration()
            .about(
                "Jitter",
                "Every fire is moved by the same share of this, which depends on the job's name; at"
                    + " least 2s.")
            .usual(Duration.ZERO)
            .examples("5m"));
  }

  static SchemaNode misfire() {
    Misfire base = Misfire.DEFAULT;
    SchemaNode full =
        mapping()
            .field("policy", policy().usual(SchemaNode.word(base.policy())))
            .field(
                "window",
                duration()
                    .about("Window", "A missed time older than this never runs; from 1s to 31d.")
                    .usual(base.window())
                    .examples("1h"))
            .field(
                "grace",
                duration()
                    .about("Grace", "A time late by less than this is not missed; 1s to 10m.")
                    .usual(base.grace())
                    .examples("5s"))
            .field(
                "max",
                SchemaNode.whole(1, 1000)
                    .about("Most", "With policy all: how many missed times run.")
                    .usual(base.max())
                    .examples(10))
            .onlyWith("policy", "all", "max");
    return SchemaNode.either(policy(), full)
        .about("Misfire", "What becomes of times that nobody could fire.")
        .usual(SchemaNode.word(base.policy()))
        .examples("last");
  }

  private static SchemaNode policy() {
    return words(Misfire.Policy.class)
        .about("Policy", "none runs no missed time, last the newest, all the newest ones.")
        .examples("last");
  }
}
