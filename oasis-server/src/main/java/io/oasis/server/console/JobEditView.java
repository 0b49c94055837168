package io.oasis.server.console;

import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.Problem;
import io.oasis.manifest.ReadResult;
import io.oasis.manifest.SourceFile;
import io.oasis.manifest.SpecForm;
import io.oasis.schedule.FireTimes;
import io.oasis.server.apply.ThreeWay;
import io.oasis.server.database.JsonText;
import io.oasis.server.job.Firing;
import io.oasis.ui.EditMessages;
import io.oasis.ui.page.JobEditPage;
import io.oasis.ui.row.BlockingWord;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.Field;
import io.oasis.ui.row.RoutingWord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the editor shows of a form: its choices, what is wrong with it, and what it amounts to. */
final class JobEditView {
  private static final int FIRES = 5;

  /** Where the reader's words about a path go; the first that fits. */
  private static final Map<String, String> FIELD_OF_PATH = fieldsOfPaths();

  private final Speech speech;
  private final ZoneId defaultZone;

  JobEditView(Speech speech, ZoneId defaultZone) {
    this.speech = speech;
    this.defaultZone = defaultZone;
  }

  /**
   * What was wrong.
   *
   * @param byField sentences by the name of the field
   * @param general sentences that belong to no field
   */
  record Wrong(Map<String, String> byField, List<String> general) {
    /** As the REST API takes it. */
    private static final int LONGEST_REASON = 500;

    static final Wrong NOTHING = new Wrong(Map.of(), List.of());

    static Wrong at(String field, String sentence) {
      return new Wrong(Map.of(field, sentence), List.of());
    }

    /** What is said of a reason that is too long for the audit trail; empty: it is not. */
    static Optional<Wrong> reason(String reason, Speech speech) {
      return reason.length() <= LONGEST_REASON
          ? Optional.empty()
          : Optional.of(at("reason", speech.edit().reasonTooLong(LONGEST_REASON)));
    }

    static Wrong general(String sentence) {
      return new Wrong(Map.of(), List.of(sentence));
    }
  }

  /**
   * What can be named in the form.
   *
   * @param apps of the viewer
   * @param handlers that their nodes offer now
   */
  record Known(List<String> apps, List<String> handlers) {}

  /** The document of a form as the reader of manifests takes it: JSON is YAML. */
  SourceFile file(JobForm form) {
    return new SourceFile("form", JsonText.write(form.document()).getBytes(StandardCharsets.UTF_8));
  }

  /** Sorts what the reader or the planner found to the fields of the form. */
  Wrong wrong(List<Problem> problems) {
    return wrong(problems, FIELD_OF_PATH, speech);
  }

  /** Sorts problems to the fields of a form; the first path that a problem's begins with. */
  static Wrong wrong(List<Problem> problems, Map<String, String> fieldOfPath, Speech speech) {
    Map<String, String> byField = new LinkedHashMap<>();
    List<String> general = new ArrayList<>();
    for (Problem problem : problems) {
      String sentence = speech.problem(problem);
      fieldOfPath.entrySet().stream()
          .filter(entry -> problem.path().startsWith(entry.getKey()))
          .findFirst()
          .ifPresentOrElse(
              entry -> byField.merge(entry.getValue(), sentence, (a, b) -> a + " " + b),
              () -> general.add(sentence));
    }
    return new Wrong(byField, general);
  }

  Wrong wrong(JobForm.NotALine line) {
    return Wrong.at(line.field(), speech.edit().notALine(line.getMessage()));
  }

  JobEditPage.Form form(JobForm form, JobEditPage.Base base, Known known, Wrong wrong) {
    Map<String, Field> fields = new LinkedHashMap<>();
    form.fields()
        .forEach(
            (name, value) ->
                fields.put(name, new Field(value, wrong.byField().getOrDefault(name, ""))));
    wrong.byField().forEach((name, problem) -> fields.putIfAbsent(name, new Field("", problem)));
    Map<String, List<Choice>> choices = new LinkedHashMap<>();
    choices.put("app", choices(known.apps(), form.field("app"), Function.identity()));
    choices.put("handler", choices(known.handlers(), "", Function.identity()));
    choices.put(
        "kind",
        choices(
            JobForm.KINDS,
            form.field("kind"),
            kind -> speech.words().scheduleKind(JobQuery.scheduleWord(kind))));
    choices.put(
        "routing",
        choices(
            JobForm.ROUTINGS,
            form.field("routing"),
            word -> speech.words().routing(RoutingWord.valueOf(constant(word)))));
    choices.put(
        "blocking",
        choices(
            JobForm.BLOCKINGS,
            form.field("blocking"),
            word -> speech.words().blocking(BlockingWord.valueOf(constant(word)))));
    choices.put(
        "alarm",
        JobForm.ALARMS.stream()
            .map(word -> new Choice(word, alarm(word), form.alarms().contains(word)))
            .toList());
    choices.put("timeZone", choices(Preferences.zones(), "", Function.identity()));
    return new JobEditPage.Form(base, fields, choices, form.enabled());
  }

  JobEditPage.Preview preview(JobForm form) {
    ReadResult read;
    try {
      read = new ManifestReader(defaultZone).read(List.of(file(form)));
    } catch (JobForm.NotALine e) {
      return problems(List.of(speech.edit().notALine(e.getMessage())));
    }
    if (!read.problems().isEmpty() || read.manifests().isEmpty()) {
      return problems(read.problems().stream().map(speech::problem).distinct().toList());
    }
    JobManifest manifest = (JobManifest) read.manifests().get(0);
    JobDetailView fires = new JobDetailView(speech);
    ZoneId zone =
        form.field("timeZone").isEmpty() ? speech.zone() : ZoneId.of(form.field("timeZone"));
    return new JobEditPage.Preview(
        List.of(),
        manifest.spec().enabled()
            ? FireTimes.preview(
                    Firing.timing(manifest.key(), manifest.spec(), speech.now()),
                    speech.now(),
                    FIRES)
                .stream()
                .map(at -> fires.fire(at, zone))
                .toList()
            : List.of(),
        SpecForm.toYaml(manifest));
  }

  /** A stale save, field by field. */
  static List<JobEditPage.Clash> clash(List<ThreeWay.Field> fields) {
    return fields.stream()
        .map(
            field ->
                new JobEditPage.Clash(
                    field.path(),
                    shown(field.base()),
                    shown(field.theirs()),
                    shown(field.yours()),
                    field.isConflict()))
        .toList();
  }

  private static JobEditPage.Preview problems(List<String> sentences) {
    return new JobEditPage.Preview(sentences, List.of(), "");
  }

  private static String shown(String value) {
    return value == null ? "–" : value;
  }

  private String alarm(String word) {
    EditMessages say = speech.edit();
    return switch (word) {
      case "failure" -> say.alarmFailure();
      case "timeout" -> say.alarmTimeout();
      case "lost" -> say.alarmLost();
      default -> say.alarmMissed();
    };
  }

  private static List<Choice> choices(
      List<String> values, String chosen, Function<String, String> words) {
    return values.stream()
        .map(value -> new Choice(value, words.apply(value), value.equals(chosen)))
        .toList();
  }

  private static String constant(String word) {
    return word.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static Map<String, String> fieldsOfPaths() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("metadata.app", "app");
    fields.put("metadata.name", "name");
    fields.put("metadata.labels", "labels");
    fields.put("spec.schedule.timeZone", "timeZone");
    fields.put("spec.schedule", "when");
    fields.put("spec.handler", "handler");
    fields.put("spec.title", "title");
    fields.put("spec.params", "params");
    fields.put("spec.routing", "routing");
    fields.put("spec.blocking.max", "max");
    fields.put("spec.blocking", "blocking");
    fields.put("spec.retry.backoff", "backoff");
    fields.put("spec.retry", "retries");
    fields.put("spec.timeout", "timeout");
    fields.put("spec.owner.name", "ownerName");
    fields.put("spec.owner", "ownerEmail");
    fields.put("spec.alarm.mail", "mail");
    fields.put("spec.alarm", "alarm");
    return fields;
  }
}
