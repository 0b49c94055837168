package io.oasis.manifest;

import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Routing.Success;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlWriter;
import io.oasis.schedule.Misfire;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The normal form of a spec: plain maps, lists, texts, numbers and booleans, in a fixed order,
 * without defaults, every value in one spelling. Two specs that mean the same have the same normal
 * form, so it is what is stored, compared and written out.
 */
public final class SpecForm {
  private SpecForm() {}

  /** The normal form of a job's spec. */
  public static Map<String, Object> toMap(JobSpec spec) {
    FormBuilder form = new FormBuilder();
    form.put("title", spec.title());
    form.put("schedule", ScheduleForm.of(spec));
    form.putMap("misfire", misfire(spec.misfire()));
    form.put("handler", spec.handler());
    form.putMap("params", SecretRef.form(spec.params()));
    form.putMap("routing", routing(spec.routing()));
    form.putMap("blocking", blocking(spec.blocking()));
    form.putMap("retry", retry(spec.retry()));
    form.putMap("timeout", timeouts(spec.timeouts()));
    form.putMap("owner", owner(spec.owner()));
    form.putMap("alarm", alarm(spec.alarm()));
    form.putUnless(true, "enabled", spec.enabled());
    return form.map();
  }

  /** The normal form of an app's spec. */
  public static Map<String, Object> toMap(AppSpec spec) {
    FormBuilder form = new FormBuilder();
    form.put("title", spec.title());
    form.putMap("owner", owner(spec.owner()));
    return form.map();
  }

  /** The normal form of a whole document. */
  public static Map<String, Object> toMap(Manifest manifest) {
    FormBuilder head = new FormBuilder();
    Map<String, Object> spec;
    if (manifest instanceof JobManifest job) {
      head.put("app", job.key().app());
      head.put("name", job.key().name());
      job.predecessor().uid().ifPresent(uid -> head.put("uid", uid));
      job.predecessor().renamedFrom().ifPresent(name -> head.put("renamedFrom", name));
      head.putMap("labels", new TreeMap<>(job.labels()));
      spec = toMap(job.spec());
    } else {
      AppManifest app = (AppManifest) manifest;
      head.put("name", app.name());
      spec = toMap(app.spec());
    }
    FormBuilder form = new FormBuilder();
    form.put("apiVersion", DocumentReader.API_VERSION);
    form.put("kind", manifest instanceof JobManifest ? "Job" : "App");
    form.putMap("metadata", head.map());
    form.putMap("spec", spec);
    return form.map();
  }

  /** A whole document in YAML; it reads back as an equal manifest, apart from its location. */
  public static String toYaml(Manifest manifest) {
    return YamlWriter.write(toMap(manifest));
  }

  /**
   * Reads a normal form back, exactly. The order of the keys does not matter.
   *
   * @throws IllegalArgumentException when the map is not the form of a spec; the message names the
   *     field
   */
  public static JobSpec fromMap(Map<String, ?> form) {
    ProblemSink problems = new ProblemSink("stored spec");
    Fields fields = (Fields) YamlValue.of(form);
    JobSpec spec = new SpecReader(ZoneId.of("UTC")).job(new FieldReader(fields, "", problems), "");
    refuse(problems);
    return spec;
  }

  /**
   * Reads the normal form of an app's spec back.
   *
   * @throws IllegalArgumentException when the map is not the form of a spec; the message names the
   *     field
   */
  public static AppSpec appFromMap(Map<String, ?> form) {
    ProblemSink problems = new ProblemSink("stored spec");
    Fields fields = (Fields) YamlValue.of(form);
    AppSpec spec = new SpecReader(ZoneId.of("UTC")).app(new FieldReader(fields, "", problems), "");
    refuse(problems);
    return spec;
  }

  private static void refuse(ProblemSink problems) {
    if (problems.count() > 0) {
      throw new IllegalArgumentException(problems.sorted().get(0).toString());
    }
  }

  /** What differs between two specs, in the order of the normal form. */
  public static List<FieldChange> diff(JobSpec before, JobSpec after) {
    return diff(toMap(before), toMap(after));
  }

  /** What differs between two normal forms, for example of two whole documents. */
  public static List<FieldChange> diff(Map<String, ?> before, Map<String, ?> after) {
    Map<String, String> old = new LinkedHashMap<>();
    Map<String, String> young = new LinkedHashMap<>();
    flatten("", before, old);
    flatten("", after, young);
    Map<String, String> paths = new LinkedHashMap<>(old);
    paths.putAll(young);
    List<FieldChange> changes = new ArrayList<>();
    for (String path : paths.keySet()) {
      FieldChange change = new FieldChange(path, old.get(path), young.get(path));
      boolean same = change.before() != null && change.before().equals(change.after());
      if (!same) {
        changes.add(change);
      }
    }
    return changes;
  }

  private static void flatten(String path, Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((k, v) -> flatten(path.isEmpty() ? k.toString() : path + "." + k, v, into));
    } else if (value instanceof List<?> list) {
      into.put(path, String.join(", ", list.stream().map(String::valueOf).toList()));
    } else {
      into.put(path, String.valueOf(value));
    }
  }

  private static Map<String, Object> misfire(Misfire misfire) {
    Misfire base = Misfire.DEFAULT;
    FormBuilder form = new FormBuilder();
    form.putUnless(base.policy(), "policy", misfire.policy());
    form.putUnless(base.window(), "window", misfire.window());
    form.putUnless(base.grace(), "grace", misfire.grace());
    form.putUnless(base.max(), "max", misfire.max());
    return form.map();
  }

  private static Map<String, Object> routing(Routing routing) {
    FormBuilder form = new FormBuilder();
    form.putUnless(Routing.DEFAULT.strategy(), "strategy", routing.strategy());
    form.putMap("selector", new TreeMap<>(routing.selector()));
    Success success = routing.success();
    switch (success.rule()) {
      case ALL -> {}
      case ANY -> form.put("success", "any");
      case MIN -> form.putMap("success", Map.of("min", success.threshold()));
      case PERCENT -> form.putMap("success", Map.of("percent", success.threshold()));
    }
    form.putUnless(Routing.DEFAULT.memberLost(), "memberLost", routing.memberLost());
    form.putUnless(Routing.DEFAULT.noNodes(), "noNodes", routing.noNodes());
    return form.map();
  }

  private static Map<String, Object> blocking(Blocking blocking) {
    FormBuilder form = new FormBuilder();
    if (blocking.equals(Blocking.DEFAULT)) {
      return form.map();
    }
    Blocking.Strategy strategy = blocking.strategy();
    boolean discards = strategy == Blocking.Strategy.PARALLEL_DISCARD;
    form.put("strategy", discards ? "parallel" : Values.wordOf(strategy));
    if (discards || strategy == Blocking.Strategy.PARALLEL) {
      form.putUnless(PolicyReader.PARALLEL_DEFAULT, "max", blocking.max());
    }
    if (discards) {
      form.put("overflow", "discard");
    }
    form.putUnless(Blocking.DEFAULT.queue(), "queue", blocking.queue());
    return form.map();
  }

  private static Map<String, Object> retry(Retry retry) {
    Retry base = Retry.DEFAULT;
    FormBuilder form = new FormBuilder();
    if (retry.equals(base)) {
      return form.map();
    }
    form.put("max", retry.max());
    form.putUnless(base.backoff(), "backoff", retry.backoff());
    form.putUnless(base.factor(), "factor", retry.factor());
    form.putUnless(PolicyReader.cap(retry.backoff()), "cap", retry.cap());
    form.putUnless(base.jitter(), "jitter", retry.jitter());
    form.putUnless("retry", "onLost", retry.onLost() ? "retry" : "fail");
    form.putUnless("retry", "onTimeout", retry.onTimeout() ? "retry" : "fail");
    return form.map();
  }

  private static Map<String, Object> timeouts(Timeouts timeouts) {
    Timeouts base = Timeouts.DEFAULT;
    FormBuilder form = new FormBuilder();
    timeouts.run().ifPresent(run -> form.put("run", run));
    form.putUnless(base.queue(), "queue", timeouts.queue());
    timeouts.total().ifPresent(total -> form.put("total", total));
    form.putUnless(base.killGrace(), "killGrace", timeouts.killGrace());
    return form.map();
  }

  private static Map<String, Object> owner(Owner owner) {
    FormBuilder form = new FormBuilder();
    form.putUnless("", "name", owner.name());
    form.putUnless("", "email", owner.email());
    return form.map();
  }

  private static Map<String, Object> alarm(Alarm alarm) {
    FormBuilder form = new FormBuilder();
    if (alarm.equals(Alarm.NONE)) {
      return form.map();
    }
    form.put("on", new TreeSet<>(alarm.on()).stream().map(Values::wordOf).toList());
    if (!alarm.mail().isEmpty()) {
      form.put("mail", alarm.mail());
    }
    alarm
        .repeat()
        .ifPresentOrElse(
            every -> form.putUnless(Alarm.USUAL_REPEAT, "repeat", every),
            () -> form.put("repeat", AlarmReader.NEVER));
    form.putUnless(true, "recovery", alarm.recovery());
    alarm.language().ifPresent(language -> form.put("language", language));
    return form.map();
  }
}
