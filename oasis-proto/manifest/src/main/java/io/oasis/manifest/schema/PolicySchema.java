package io.oasis.manifest.schema;

import static io.oasis.manifest.schema.SchemaNode.bool;
import static io.oasis.manifest.schema.SchemaNode.duration;
import static io.oasis.manifest.schema.SchemaNode.either;
import static io.oasis.manifest.schema.SchemaNode.list;
import static io.oasis.manifest.schema.SchemaNode.mapping;
import static io.oasis.manifest.schema.SchemaNode.number;
import static io.oasis.manifest.schema.SchemaNode.oneOf;
import static io.oasis.manifest.schema.SchemaNode.whole;
import static io.oasis.manifest.schema.SchemaNode.words;

import io.oasis.manifest.Alarm;
import io.oasis.manifest.Blocking;
import io.oasis.manifest.MailAddress;
import io.oasis.manifest.Retry;
import io.oasis.manifest.Routing;
import io.oasis.manifest.Timeouts;
import java.util.List;

/** What happens when a job meets its nodes, itself, a failure or a limit. */
final class PolicySchema {
  private PolicySchema() {}

  static SchemaNode routing() {
    SchemaNode strategy =
        words(Routing.Strategy.class)
            .about("Strategy", "How a node is chosen; broadcast takes all of them.")
            .examples("failover");
    SchemaNode full =
        mapping()
            .field(
                "strategy",
                words(Routing.Strategy.class)
                    .about("Strategy", "How a node is chosen; broadcast takes all of them.")
                    .usual("round-robin")
                    .examples("broadcast"))
            .field(
                "selector",
                JobSchema.labels()
                    .about("Selector", "Labels that a node must have.")
                    .examples(java.util.Map.of("zone", "b")))
            .field("success", success())
            .field(
                "memberLost",
                words(Routing.MemberLost.class)
                    .about(
                        "Member lost",
                        "With broadcast: what a retry does with a member whose node is gone.")
                    .usual("fail")
                    .examples("reassign"))
            .field(
                "noNodes",
                words(Routing.NoNodes.class)
                    .about(
                        "No nodes",
                        "With broadcast: how a run ends when no node came within its queue timeout.")
                    .usual("fail")
                    .examples("skip"))
            .onlyWith("strategy", "broadcast", "success", "memberLost", "noNodes");
    return either(strategy, full)
        .about("Routing", "Which node runs it.")
        .usual("round-robin")
        .examples("round-robin");
  }

  private static SchemaNode success() {
    return either(
            oneOf("all", "any"),
            mapping()
                .require("min")
                .field(
                    "min", whole(1, 100_000).about("Members", "So many must succeed.").examples(2)),
            mapping()
                .require("percent")
                .field(
                    "percent",
                    whole(1, 100).about("Percent", "Such a share must succeed.").examples(80)))
        .about("Success", "When a broadcast has succeeded.")
        .usual("all")
        .examples("any");
  }

  static SchemaNode blocking() {
    String description =
        "serial waits, discard skips the new run, parallel runs several, replace kills the old run"
            + " first.";
    Blocking base = Blocking.DEFAULT;
    SchemaNode brief =
        oneOf("serial", "discard", "parallel", "replace").about("Strategy", description);
    SchemaNode full =
        mapping()
            .require("strategy")
            .field(
                "strategy",
                oneOf("serial", "discard", "parallel", "replace")
                    .about("Strategy", description)
                    .examples("parallel"))
            .field(
                "max",
                whole(1, 1000)
                    .about("Most", "With parallel: how many at once.")
                    .usual(10)
                    .examples(3))
            .field(
                "overflow",
                oneOf("queue", "discard")
                    .about("Overflow", "With parallel: what becomes of further runs.")
                    .usual("queue")
                    .examples("discard"))
            .field(
                "queue",
                whole(1, 10_000)
                    .about("Queue", "Where runs wait: how many.")
                    .usual(base.queue())
                    .examples(100))
            .onlyWith("strategy", "parallel", "max", "overflow");
    return either(brief, full)
        .about("Blocking", "What happens when it fires while it still runs.")
        .usual("serial")
        .examples("discard");
  }

  static SchemaNode retry() {
    Retry base = Retry.DEFAULT;
    SchemaNode full =
        mapping()
            .require("max")
            .field("max", whole(0, 100).about("Most", "Attempts after the first.").examples(3))
            .field(
                "backoff",
                duration()
                    .about("Backoff", "Wait after the first failed attempt, at most 1d.")
                    .usual(base.backoff())
                    .examples("10s"))
            .field(
                "factor",
                number(1, 100)
                    .about("Factor", "The wait grows by this each time.")
                    .usual((int) base.factor())
                    .examples(2))
            .field(
                "cap",
                duration()
                    .about("Cap", "The wait never grows past this, at most 1d.")
                    .usual(base.cap())
                    .examples("5m"))
            .field(
                "jitter",
                number(0, 1)
                    .about("Jitter", "Share of the wait that is random.")
                    .usual(base.jitter())
                    .examples(0.1))
            .field("onLost", repeats("On loss", "whose node was lost"))
            .field("onTimeout", repeats("On timeout", "that timed out"));
    return either(whole(0, 100).about("Most", "Attempts after the first."), full)
        .about("Retry", "How often a failed attempt is repeated.")
        .usual(base.max())
        .examples(3);
  }

  private static SchemaNode repeats(String title, String which) {
    return oneOf("retry", "fail")
        .about(title, "Whether an attempt " + which + " is repeated.")
        .usual("retry")
        .examples("fail");
  }

  static SchemaNode timeout() {
    Timeouts base = Timeouts.DEFAULT;
    SchemaNode full =
        mapping()
            .field(
                "run",
                duration().about("Of an attempt", "From its start, at most 31d.").examples("10m"))
            .field(
                "queue",
                duration()
                    .about("Of waiting", "For a slot or a node, at most 31d.")
                    .usual(base.queue())
                    .examples("1h"))
            .field(
                "total",
                duration().about("Of all", "Of the run with all its attempts.").examples("2h"))
            .field(
                "killGrace",
                duration()
                    .about("Kill grace", "Between asking an attempt to stop and forcing it.")
                    .usual(base.killGrace())
                    .examples("10s"));
    return either(duration().about("Of an attempt", "From its start, at most 31d."), full)
        .about("Timeout", "How long it may take.")
        .examples("10m");
  }

  static SchemaNode alarm() {
    return mapping()
        .about("Alarm", "Who is told when a run ends badly.")
        .field(
            "on",
            list(words(Alarm.Event.class), 10)
                .about("Events", "What counts; missed is a time that was not fired.")
                .usual(List.of("failure", "timeout", "lost"))
                .examples(List.of("failure", "timeout")))
        .field(
            "mail",
            list(
                    SchemaNode.type("string")
                        .with("maxLength", 254)
                        .with("pattern", "^(owner|" + MailAddress.FORM + ")$"),
                    50)
                .about("Mail", "Addresses; the word owner is the owner's.")
                .examples(List.of("owner", "oncall@example.com")))
        .field(
            "repeat",
            either(oneOf("never"), duration())
                .about("Repeat", "How long after the last word the next failure is told again.")
                .usual(Alarm.USUAL_REPEAT)
                .examples("4h"))
        .field(
            "recovery",
            bool(true).about("Recovery", "Whether the end of the trouble is told.").examples(true))
        .field(
            "language", oneOf("en", "zh-CN").about("Language", "Of the mails.").examples("zh-CN"));
  }
}
