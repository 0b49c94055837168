package io.oasis.manifest;

import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import io.oasis.phrase.Saying;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads who is told when a run ends badly. */
final class AlarmReader {
  static final String NEVER = "never";

  private static final List<String> LANGUAGES = List.of("en", "zh-CN");
  private static final List<Alarm.Event> USUAL =
      List.of(Alarm.Event.FAILURE, Alarm.Event.TIMEOUT, Alarm.Event.LOST);

  private AlarmReader() {}

  /** {@code {on: [failure, timeout], mail: [owner], repeat: 4h, recovery: true}}. */
  static ValueReader<Alarm> alarm() {
    return (value, path, problems) ->
        Values.mapping("{on: [failure, timeout], mail: [owner]}")
            .read(value, path, problems)
            .map(mapping -> alarm(mapping, path, problems));
  }

  private static Alarm alarm(Fields mapping, String path, ProblemSink problems) {
    FieldReader fields = new FieldReader(mapping, path, problems);
    List<Alarm.Event> on =
        fields.read(
            "on", Values.list(Values.word(Alarm.Event.class), 10, "[failure, timeout]"), USUAL);
    List<String> mail =
        fields.read("mail", Values.list(address(), 50, "[owner, li@example.com]"), List.of());
    Optional<Duration> repeat = fields.read("repeat", repeat(), Optional.of(Alarm.USUAL_REPEAT));
    boolean recovery = fields.read("recovery", Values.bool(), true);
    Optional<String> language = fields.read("language", Values.oneOf(LANGUAGES));
    fields.close();
    Set<Alarm.Event> events = EnumSet.noneOf(Alarm.Event.class);
    events.addAll(on);
    return new Alarm(
        Collections.unmodifiableSet(events),
        List.copyOf(new TreeSet<>(mail)),
        repeat,
        recovery,
        language);
  }

  // The outer one says whether it could be read, the inner one whether it repeats at all.
  @SuppressWarnings("OptionalMapToOptional")
  private static ValueReader<Optional<Duration>> repeat() {
    ValueReader<Duration> interval = Values.duration(Duration.ofMinutes(1), Duration.ofDays(30));
    return (value, path, problems) -> {
      if (value instanceof Scalar scalar && scalar.text().equals(NEVER)) {
        return Optional.of(Optional.empty());
      }
      Optional<Duration> read = interval.read(value, path, problems);
      return read.isEmpty() ? Optional.empty() : Optional.of(read);
    };
  }

  private static ValueReader<String> address() {
    return (value, path, problems) ->
        Values.line(MailAddress.LONGEST)
            .read(value, path, problems)
            .filter(
                text -> {
                  boolean right = text.equals("owner") || MailAddress.isValid(text);
                  if (!right) {
                    problems.add(
                        value.mark(),
                        path,
                        Saying.NOT_AN_ADDRESS.of(Values.shown(text)),
                        Saying.WRITE_OWNER_OR.of("li@example.com"));
                  }
                  return right;
                });
  }
}
