package io.oasis.manifest;

import io.oasis.manifest.yaml.Suggestion;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Items;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import io.oasis.phrase.Phrase;
import io.oasis.phrase.Saying;
import io.oasis.schedule.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The kinds of values that a manifest is made of. */
final class Values {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  private static final int LONGEST_SLUG = 63;

  private Values() {}

  /** Text, a number or a word, as it was written. */
  static ValueReader<Scalar> scalar(Phrase wanted) {
    return (value, path, problems) -> {
      if (!(value instanceof Scalar scalar)) {
        problems.add(value.mark(), path, Saying.WRONG_KIND.of(wanted, kind(value)), null);
        return Optional.empty();
      }
      if (scalar.isNothing()) {
        problems.add(value.mark(), path, Saying.NO_VALUE.of(), Saying.GIVE_A_VALUE.of());
        return Optional.empty();
      }
      return Optional.of(scalar);
    };
  }

  /** Any text up to a length; line breaks and other control characters only when allowed. */
  static ValueReader<String> text(int longest, boolean lines) {
    return (value, path, problems) ->
        scalar(Saying.TEXT.of())
            .read(value, path, problems)
            .map(Scalar::text)
            .filter(
                text -> {
                  Optional<Phrase> wrong = wrongText(text, longest, lines);
                  wrong.ifPresent(why -> problems.add(value.mark(), path, why, null));
                  return wrong.isEmpty();
                });
  }

  /** One line of text that is not blank. */
  static ValueReader<String> line(int longest) {
    return (value, path, problems) ->
        text(longest, false)
            .read(value, path, problems)
            .filter(
                text -> {
                  if (text.isBlank()) {
                    problems.add(
                        value.mark(), path, Saying.TEXT_IS_BLANK.of(), Saying.WRITE_SOMETHING.of());
                  }
                  return !text.isBlank();
                });
  }

  private static Optional<Phrase> wrongText(String text, int longest, boolean lines) {
    if (text.codePointCount(0, text.length()) > longest) {
      return Optional.of(Saying.TEXT_TOO_LONG.of(longest));
    }
    for (int at = 0; at < text.length(); ) {
      int code = text.codePointAt(at);
      boolean lone = code >= 0xD800 && code <= 0xDFFF;
      boolean control = lines ? code == 0 : Character.isISOControl(code);
      if (lone || control) {
        return Optional.of(Saying.BAD_CHARACTER.of(String.format(Locale.ROOT, "U+%04X", code)));
      }
      at += Character.charCount(code);
    }
    return Optional.empty();
  }

  /** A name that is part of addresses. */
  static ValueReader<String> slug() {
    return (value, path, problems) ->
        scalar(Saying.A_NAME.of())
            .read(value, path, problems)
            .map(Scalar::text)
            .filter(
                text -> {
                  boolean right = text.length() <= LONGEST_SLUG && SLUG.matcher(text).matches();
                  if (!right) {
                    problems.add(
                        value.mark(), path, Saying.NOT_A_NAME.of(shown(text)), slugHint(text));
                  }
                  return right;
                });
  }

  private static Phrase slugHint(String text) {
    String slug =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    boolean near = !slug.isEmpty() && slug.length() <= LONGEST_SLUG;
    return near
        ? Saying.NAME_RULE_EXAMPLE.of(LONGEST_SLUG, slug)
        : Saying.NAME_RULE.of(LONGEST_SLUG);
  }

  static ValueReader<Boolean> bool() {
    return (value, path, problems) ->
        scalar(Saying.TRUE_OR_FALSE.of())
            .read(value, path, problems)
            .flatMap(
                scalar -> {
                  boolean yes = scalar.plain() && scalar.text().matches("true|True|TRUE");
                  boolean no = scalar.plain() && scalar.text().matches("false|False|FALSE");
                  if (yes || no) {
                    return Optional.of(yes);
                  }
                  problems.add(
                      value.mark(),
                      path,
                      Saying.IS_NOT.of(shown(scalar.text()), Saying.TRUE_OR_FALSE.of()),
                      Saying.WRITE_TRUE_OR_FALSE.of());
                  return Optional.empty();
                });
  }

  static ValueReader<Integer> integer(int min, int max) {
    return (value, path, problems) ->
        number(min, max, true).read(value, path, problems).map(BigDecimal::intValueExact);
  }

  /** The number of a row of the server. */
  static ValueReader<Long> id() {
    return (value, path, problems) ->
        number(1, 1e15, true).read(value, path, problems).map(BigDecimal::longValueExact);
  }

  static ValueReader<Double> decimal(double min, double max) {
    return (value, path, problems) ->
        number(min, max, false).read(value, path, problems).map(BigDecimal::doubleValue);
  }

  private static ValueReader<BigDecimal> number(double min, double max, boolean whole) {
    Phrase wanted = whole ? Saying.A_WHOLE_NUMBER.of() : Saying.A_NUMBER.of();
    return (value, path, problems) -> {
      Optional<Scalar> scalar = scalar(wanted).read(value, path, problems);
      if (scalar.isEmpty()) {
        return Optional.empty();
      }
      String text = scalar.get().text();
      boolean readable = text.length() <= 40 && NUMBER.matcher(text).matches();
      if (!readable || !scalar.get().plain()) {
        problems.add(
            value.mark(),
            path,
            Saying.IS_NOT.of(shown(text), wanted),
            readable
                ? Saying.WITHOUT_QUOTES.of()
                : Saying.WRITE_A_NUMBER.of(plain(min), plain(max)));
        return Optional.empty();
      }
      BigDecimal number = new BigDecimal(text);
      boolean fraction = whole && number.stripTrailingZeros().scale() > 0;
      boolean outside =
          number.compareTo(BigDecimal.valueOf(min)) < 0
              || number.compareTo(BigDecimal.valueOf(max)) > 0;
      if (fraction || outside) {
        problems.add(
            value.mark(),
            path,
            fraction ? Saying.NOT_WHOLE.of(text) : Saying.OUT_OF_RANGE.of(text),
            Saying.WRITE_IN_RANGE.of(wanted, plain(min), plain(max)));
        return Optional.empty();
      }
      return Optional.of(number);
    };
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }

  static ValueReader<Duration> duration(Duration min, Duration max) {
    return (value, path, problems) -> {
      Optional<Scalar> scalar = scalar(Saying.A_DURATION.of()).read(value, path, problems);
      if (scalar.isEmpty()) {
        return Optional.empty();
      }
      String text = scalar.get().text().strip();
      Optional<Duration> read = DurationText.parse(text);
      if (read.isEmpty()) {
        boolean bare = text.matches("[\\d.]+");
        problems.add(
            value.mark(),
            path,
            bare ? Saying.NO_UNIT.of(text) : Saying.NOT_A_DURATION.of(shown(text)),
            bare ? Saying.ADD_A_UNIT.of(text) : Saying.DURATION_FORMS.of());
        return Optional.empty();
      }
      Duration found = read.get();
      if (found.compareTo(min) < 0
          || found.compareTo(max) > 0
          || found.toNanosPart() % 1_000_000 != 0) {
        problems.add(
            value.mark(),
            path,
            Saying.OUT_OF_RANGE.of(text),
            Saying.DURATION_RANGE.of(DurationText.of(min), DurationText.of(max)));
        return Optional.empty();
      }
      return read;
    };
  }

  /** A constant of an enum, written in lower case with hyphens. */
  static <E extends Enum<E>> ValueReader<E> word(Class<E> type) {
    return (value, path, problems) ->
        oneOf(Arrays.stream(type.getEnumConstants()).map(Values::wordOf).toList())
            .read(value, path, problems)
            .map(text -> constant(type, text));
  }

  static ValueReader<String> oneOf(List<String> words) {
    return (value, path, problems) ->
        scalar(Saying.ONE_OF.of(String.join(", ", words)))
            .read(value, path, problems)
            .map(Scalar::text)
            .filter(
                text -> {
                  boolean right = words.contains(text);
                  if (!right) {
                    problems.add(
                        value.mark(),
                        path,
                        Saying.NOT_KNOWN.of(shown(text)),
                        Suggestion.of(text, words));
                  }
                  return right;
                });
  }

  static String wordOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  static ValueReader<Fields> mapping(String example) {
    return (value, path, problems) -> {
      if (value instanceof Fields fields) {
        return Optional.of(fields);
      }
      boolean nothing = value instanceof Scalar scalar && scalar.isNothing();
      problems.add(
          value.mark(),
          path,
          nothing ? Saying.NO_VALUE.of() : Saying.WRONG_KIND.of(Saying.A_MAPPING.of(), kind(value)),
          Saying.FOR_EXAMPLE.of(example));
      return Optional.empty();
    };
  }

  static <T> ValueReader<List<T>> list(ValueReader<T> item, int most, String example) {
    return (value, path, problems) -> {
      if (!(value instanceof Items items)) {
        problems.add(
            value.mark(),
            path,
            Saying.WRONG_KIND.of(Saying.A_LIST.of(), kind(value)),
            Saying.FOR_EXAMPLE.of(example));
        return Optional.empty();
      }
      if (items.items().size() > most) {
        problems.add(value.mark(), path, Saying.LIST_TOO_LONG.of(most), null);
      }
      List<T> read = new ArrayList<>();
      for (int i = 0; i < items.items().size(); i++) {
        item.read(items.items().get(i), path + "[" + i + "]", problems).ifPresent(read::add);
      }
      return Optional.of(read);
    };
  }

  /** A mapping from names to texts, sorted by name. */
  static ValueReader<Map<String, String>> texts(
      Pattern names, Phrase nameRule, ValueReader<String> text, int most) {
    return (value, path, problems) ->
        mapping("{region: cn-east}")
            .read(value, path, problems)
            .map(
                fields -> {
                  if (fields.fields().size() > most) {
                    problems.add(value.mark(), path, Saying.TOO_MANY_KEYS.of(most), null);
                  }
                  Map<String, String> read = new TreeMap<>();
                  for (YamlValue.Field field : fields.fields()) {
                    String inner = path + "." + shown(field.name());
                    if (!names.matcher(field.name()).matches()) {
                      problems.add(
                          field.nameMark(),
                          inner,
                          Saying.NOT_A_KEY.of(shown(field.name())),
                          nameRule);
                    }
                    text.read(field.value(), inner, problems)
                        .ifPresent(found -> read.put(field.name(), found));
                  }
                  return Collections.unmodifiableMap(read);
                });
  }

  /** What a value is, for messages. */
  static Phrase kind(YamlValue value) {
    if (value instanceof Fields) {
      return Saying.A_MAPPING.of();
    }
    return value instanceof Items ? Saying.A_LIST.of() : Saying.TEXT.of();
  }

  /** A text short enough for a message. */
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= 60 ? line : line.substring(0, 57) + "…";
  }
}
