package io.oasis.manifest.schema;

import static io.oasis.manifest.schema.SchemaNode.either;
import static io.oasis.manifest.schema.SchemaNode.line;
import static io.oasis.manifest.schema.SchemaNode.map;
import static io.oasis.manifest.schema.SchemaNode.mapping;
import static io.oasis.manifest.schema.SchemaNode.slug;
import static io.oasis.manifest.schema.SchemaNode.text;
import static io.oasis.manifest.schema.SchemaNode.whole;

import io.oasis.manifest.MailAddress;
import java.util.Map;

/** The documents of kind App and Job. */
final class JobSchema {
  private static final int LONGEST_TITLE = 200;

  private JobSchema() {}

  static SchemaNode app() {
    return mapping()
        .about("App", "A group of executors that offer the same handlers.")
        .field("apiVersion", SchemaNode.any())
        .field("kind", SchemaNode.any())
        .field(
            "metadata",
            mapping()
                .about("Metadata", "Which app.")
                .require("name")
                .field(
                    "name",
                    slug()
                        .about("Name", "Identity: a-z, 0-9 and inner hyphens.")
                        .examples("billing")))
        .field(
            "spec",
            mapping()
                .about("Spec", "What the app is.")
                .field("title", title())
                .field("owner", owner("Owner of every job that names none.")));
  }

  static SchemaNode job() {
    return mapping()
        .about("Job", "Code that runs by a schedule.")
        .require("spec")
        .field("apiVersion", SchemaNode.any())
        .field("kind", SchemaNode.any())
        .field("metadata", metadata())
        .field("spec", spec());
  }

  private static SchemaNode metadata() {
    return mapping()
        .about("Metadata", "Which job.")
        .require("app", "name")
        .field("app", slug().about("App", "The app whose nodes run the job.").examples("billing"))
        .field(
            "name",
            slug()
                .about("Name", "Identity within the app: a-z, 0-9 and inner hyphens.")
                .examples("nightly-settlement"))
        .field(
            "uid",
            whole(1, 1_000_000_000_000_000L)
                .about("Number", "The job's number on the server, when it is renamed.")
                .examples(41))
        .field(
            "renamedFrom",
            slug()
                .about("Renamed from", "Its name before, in the same app: it keeps its history.")
                .examples("settlement"))
        .field(
            "labels",
            labels().about("Labels", "Free labels.").examples(Map.of("team", "payments")));
  }

  private static SchemaNode spec() {
    SchemaNode secret =
        mapping()
            .require("secretRef")
            .field(
                "secretRef",
                slug()
                    .about("Secret", "The name of a secret that executors know.")
                    .examples("db-password"));
    return mapping()
        .about("Spec", "What the job does.")
        .require("schedule", "handler")
        .field("title", title())
        .field("schedule", ScheduleSchema.schedule().examples(Map.of("fixedRate", "1m")))
        .field("misfire", ScheduleSchema.misfire())
        .field(
            "handler",
            line(200).about("Handler", "The code to run, by its name.").examples("settle"))
        .field(
            "params",
            map(either(text(65_536), secret), 100)
                .about("Parameters", "What the handler is given; a value is text.")
                .examples(Map.of("region", "cn-east")))
        .field("routing", PolicySchema.routing())
        .field("blocking", PolicySchema.blocking())
        .field("retry", PolicySchema.retry())
        .field("timeout", PolicySchema.timeout())
        .field("owner", owner("Who answers for the job; else the app's owner."))
        .field("alarm", PolicySchema.alarm().examples(Map.of("mail", java.util.List.of("owner"))))
        .field(
            "enabled",
            SchemaNode.bool(true)
                .about("Enabled", "false stops the schedule; runs that go on are not touched.")
                .examples(false));
  }

  static SchemaNode labels() {
    return map(text(200), 50);
  }

  private static SchemaNode title() {
    return line(LONGEST_TITLE)
        .about("Title", "For people, any language. Else the name.")
        .examples("每日清算");
  }

  private static SchemaNode owner(String description) {
    return mapping()
        .about("Owner", description)
        .field("name", text(LONGEST_TITLE).about("Name", "A person or a team.").examples("Li"))
        .field(
            "email",
            SchemaNode.type("string")
                .with("maxLength", 254)
                .with("pattern", "^(" + MailAddress.FORM + ")?$")
                .about("Email", "Where alarms go.")
                .examples("li@example.com"))
        .examples(Map.of("email", "li@example.com"));
  }
}
