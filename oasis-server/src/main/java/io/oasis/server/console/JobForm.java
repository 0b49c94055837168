package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.database.JsonText;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fields of the job editor and the normal form of a spec, one made from the other. What the
 * form has no field for (misfire, selectors, windows) is kept as it was.
 *
 * @param fields what is typed, by name
 * @param alarms events that somebody is told of
 * @param enabled whether the job fires
 */
record JobForm(Map<String, String> fields, Set<String> alarms, boolean enabled) {
  static final List<String> KINDS = List.of("cron", "fixedRate", "fixedDelay", "at", "none");
  static final List<String> ROUTINGS =
      List.of("round-robin", "random", "failover", "least-busy", "broadcast");
  static final List<String> BLOCKINGS = List.of("serial", "discard", "parallel", "replace");
  static final List<String> ALARMS = List.of("failure", "timeout", "lost", "missed");

  /** Parts of a schedule that mean the same whatever its kind. */
  private static final List<String> OF_EVERY_KIND = List.of("start", "end", "jitter");

  /** A line that should have been key=value. */
  static final class NotALine extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;

    NotALine(String field, String line) {
      super(line);
      this.field = field;
    }

    String field() {
      return field;
    }
  }

  /** The form of a job that is there. */
  static JobForm of(JobKey key, Map<String, String> labels, Map<String, Object> spec) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("app", key.app());
    fields.put("name", key.name());
    fields.put("labels", lines(labels));
    fields.put("title", text(spec, "title"));
    fields.put("handler", text(spec, "handler"));
    fields.put("params", lines(map(spec, "params")));
    Map<String, Object> schedule = map(spec, "schedule");
    String kind = KINDS.stream().filter(schedule::containsKey).findFirst().orElse("none");
    fields.put("kind", kind);
    fields.put("when", text(schedule, kind));
    fields.put("timeZone", text(schedule, "timeZone"));
    fields.put("routing", orElse(text(map(spec, "routing"), "strategy"), ROUTINGS.get(0)));
    Map<String, Object> blocking = map(spec, "blocking");
    fields.put("blocking", orElse(text(blocking, "strategy"), BLOCKINGS.get(0)));
    fields.put("max", text(blocking, "max"));
    Map<String, Object> retry = map(spec, "retry");
    fields.put("retries", text(retry, "max"));
    fields.put("backoff", text(retry, "backoff"));
    fields.put("timeout", text(map(spec, "timeout"), "run"));
    fields.put("ownerName", text(map(spec, "owner"), "name"));
    fields.put("ownerEmail", text(map(spec, "owner"), "email"));
    Map<String, Object> alarm = map(spec, "alarm");
    fields.put("mail", String.join(", ", texts(alarm.get("mail"))));
    fields.put("base", JsonText.write(spec));
    return new JobForm(
        fields, Set.copyOf(texts(alarm.get("on"))), !Boolean.FALSE.equals(spec.get("enabled")));
  }

  /** The form as it was sent. */
  static JobForm typed(MultivaluedMap<String, String> form) {
    Map<String, String> fields = new LinkedHashMap<>();
    form.forEach((name, values) -> fields.put(name, values.get(0).strip()));
    List<String> alarms = form.getOrDefault("alarm", List.of());
    return new JobForm(fields, Set.copyOf(alarms), form.containsKey("enabled"));
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  JobKey key() {
    return new JobKey(field("app"), field("name"));
  }

  /**
   * The whole document that the form amounts to.
   *
   * @throws NotALine when params or labels hold something else than key=value
   */
  Map<String, Object> document() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("app", field("app"));
    metadata.put("name", field("name"));
    Map<String, Object> labels = pairs("labels");
    if (!labels.isEmpty()) {
      metadata.put("labels", labels);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "oasis/v1");
    document.put("kind", "Job");
    document.put("metadata", metadata);
    document.put("spec", spec());
    return document;
  }

  private Map<String, Object> spec() {
    Map<String, Object> spec = new LinkedHashMap<>(base());
    put(spec, "title", field("title"));
    put(spec, "handler", field("handler"));
    spec.put("schedule", schedule(map(spec, "schedule")));
    putMap(spec, "params", pairs("params"));
    Map<String, Object> routing = copy(spec, "routing");
    put(routing, "strategy", unless(ROUTINGS.get(0), field("routing")));
    putMap(spec, "routing", routing);
    putMap(spec, "blocking", blocking(copy(spec, "blocking")));
    Map<String, Object> retry = copy(spec, "retry");
    putNumber(retry, "max", unless("0", field("retries")));
    put(retry, "backoff", field("backoff"));
    putMap(spec, "retry", field("retries").isEmpty() ? Map.of() : retry);
    Map<String, Object> timeout = copy(spec, "timeout");
    put(timeout, "run", field("timeout"));
    putMap(spec, "timeout", timeout);
    Map<String, Object> owner = copy(spec, "owner");
    put(owner, "name", field("ownerName"));
    put(owner, "email", field("ownerEmail"));
    putMap(spec, "owner", owner);
    putMap(spec, "alarm", alarm(copy(spec, "alarm")));
    spec.remove("enabled");
    if (!enabled) {
      spec.put("enabled", false);
    }
    return spec;
  }

  private Object schedule(Map<String, Object> before) {
    String kind = KINDS.contains(field("kind")) ? field("kind") : "none";
    if (kind.equals("none")) {
      return "none";
    }
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put(kind, field("when"));
    boolean hasZone = kind.equals("cron") || kind.equals("at");
    put(schedule, "timeZone", hasZone ? field("timeZone") : "");
    before.forEach(
        (name, value) -> {
          boolean same = before.containsKey(kind) && !KINDS.contains(name);
          if (!name.equals("timeZone") && (same || OF_EVERY_KIND.contains(name))) {
            schedule.put(name, value);
          }
        });
    return schedule;
  }

  private Map<String, Object> blocking(Map<String, Object> blocking) {
    String strategy = field("blocking");
    boolean parallel = strategy.equals("parallel");
    if (!parallel) {
      blocking.remove("max");
      blocking.remove("overflow");
    }
    put(blocking, "strategy", unless(BLOCKINGS.get(0), strategy));
    if (parallel) {
      putNumber(blocking, "max", field("max"));
    }
    return blocking;
  }

  /** An address without a tick is kept, with the word that nothing counts. */
  private Map<String, Object> alarm(Map<String, Object> alarm) {
    List<String> mail =
        Arrays.stream(field("mail").split("[,\\s]+", -1)).filter(text -> !text.isEmpty()).toList();
    if (alarms.isEmpty() && mail.isEmpty()) {
      return Map.of();
    }
    alarm.put("on", ALARMS.stream().filter(alarms::contains).toList());
    alarm.remove("mail");
    if (!mail.isEmpty()) {
      alarm.put("mail", mail);
    }
    return alarm;
  }

  /** The spec that the form began with; it comes back with the form, so it may be anything. */
  private Map<String, Object> base() {
    return field("base").startsWith("{") ? JsonText.object(field("base")) : Map.of();
  }

  private Map<String, Object> pairs(String name) {
    Map<String, Object> pairs = new TreeMap<>();
    for (String line : field(name).split("\\R", -1)) {
      if (line.isBlank()) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals <= 0) {
        throw new NotALine(name, line.strip());
      }
      String value = line.substring(equals + 1).strip();
      pairs.put(
          line.substring(0, equals).strip(),
          value.startsWith("{\"secret") ? secret(name, line, value) : value);
    }
    return pairs;
  }

  private static Object secret(String name, String line, String value) {
    try {
      return JsonText.object(value);
    } catch (IllegalStateException e) {
      throw new NotALine(name, line.strip());
    }
  }

  private static String lines(Map<String, ?> map) {
    List<String> lines = new ArrayList<>();
    map.forEach(
        (key, value) ->
            lines.add(key + "=" + (value instanceof Map ? JsonText.write(value) : value)));
    return String.join("\n", lines);
  }

  private static Map<String, Object> copy(Map<String, Object> spec, String name) {
    return new LinkedHashMap<>(map(spec, name));
  }

  @SuppressWarnings("unchecked") // A map of the normal form has texts for keys.
  private static Map<String, Object> map(Map<String, Object> spec, String name) {
    return spec.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  private static String text(Map<String, Object> map, String name) {
    return Optional.ofNullable(map.get(name)).map(String::valueOf).orElse("");
  }

  private static String orElse(String text, String other) {
    return text.isEmpty() ? other : text;
  }

  private static String unless(String usual, String text) {
    return text.equals(usual) ? "" : text;
  }

  private static void put(Map<String, Object> map, String name, String value) {
    if (value.isEmpty()) {
      map.remove(name);
    } else {
      map.put(name, value);
    }
  }

  /** A number where it is one; anything else goes on to the reader, which says what is wrong. */
  private static void putNumber(Map<String, Object> map, String name, String value) {
    put(map, name, value);
    if (value.matches("[0-9]{1,9}")) {
      map.put(name, Integer.valueOf(value));
    }
  }

  private static void putMap(Map<String, Object> map, String name, Map<String, Object> value) {
    if (value.isEmpty()) {
      map.remove(name);
    } else {
      map.put(name, value);
    }
  }
}
