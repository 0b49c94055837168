package io.oasis.manifest.yaml;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Writes maps, lists, texts, numbers and booleans as YAML that reads back the same. */
public final class YamlWriter {
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}_/][\\p{L}\\p{N}_/.@+-]*(?:[ :][\\p{L}\\p{N}_/.@+-]+)*");

  /** Dates and times, durations such as 30s, and addresses that begin with a digit. */
  private static final Pattern PLAIN_DIGITS =
      Pattern.compile("\\d+[a-z][\\da-z]*|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-][\\d:]+)?");

  private static final Pattern WORD_WITH_MEANING =
      Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n|nan|inf|\\.nan|[-+]?\\.inf");

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  /** A block mapping that ends in a line break. */
  public static String write(Map<String, ?> document) {
    YamlWriter writer = new YamlWriter();
    writer.fields(document, 0);
    return writer.out.toString();
  }

  private void fields(Map<?, ?> fields, int indent) {
    fields.forEach(
        (name, value) -> {
          out.append(" ".repeat(indent)).append(key(name.toString())).append(':');
          value(value, indent);
        });
  }

  private void value(Object value, int indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append('\n');
      fields(map, indent + 2);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      out.append('\n');
      for (Object item : list) {
        out.append(" ".repeat(indent + 2)).append("- ").append(inline(item)).append('\n');
      }
    } else if (value instanceof String text && fitsBlock(text)) {
      block(text, indent + 2);
    } else {
      out.append(' ').append(inline(value)).append('\n');
    }
  }

  private static String inline(Object value) {
    if (value instanceof Map<?, ?>) {
      return "{}";
    }
    if (value instanceof List<?>) {
      return "[]";
    }
    return value instanceof String text ? scalar(text) : String.valueOf(value);
  }

  private static boolean fitsBlock(String text) {
    return text.indexOf('\n') > 0
        && !Character.isWhitespace(text.charAt(0))
        && text.indexOf('\r') < 0
        && StreamReader.isPrintable(text)
        && text.codePoints().noneMatch(c -> c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xFEFF);
  }

  private void block(String text, int indent) {
    String body = text.replaceAll("\n+\\z", "");
    int breaks = text.length() - body.length();
    out.append(breaks == 0 ? " |-\n" : breaks == 1 ? " |\n" : " |+\n");
    for (String line : body.split("\n", -1)) {
      out.append(line.isEmpty() ? "" : " ".repeat(indent) + line).append('\n');
    }
    out.append("\n".repeat(Math.max(0, breaks - 1)));
  }

  /** A name is always text, so a word with a meaning needs no quotes here. */
  private static String key(String name) {
    return PLAIN.matcher(name).matches() ? name : quoted(name);
  }

  private static String scalar(String text) {
    boolean plain =
        (PLAIN.matcher(text).matches() && !WORD_WITH_MEANING.matcher(text).matches())
            || PLAIN_DIGITS.matcher(text).matches();
    return plain && text.length() < 500 && !text.matches("\\d+e\\d+") ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    quote(text, quoted);
    return quoted.toString();
  }

  /** Appends a text in double quotes, on one line. */
  static void quote(String text, StringBuilder quoted) {
    quoted.append('"');
    text.codePoints()
        .forEach(
            code -> {
              switch (code) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                  boolean safe =
                      StreamReader.isPrintable(code)
                          && code != 0x85
                          && code != 0x2028
                          && code != 0x2029
                          && code != 0xFEFF;
                  if (safe) {
                    quoted.appendCodePoint(code);
                  } else {
                    quoted.append(String.format(code > 0xFFFF ? "\\U%08X" : "\\u%04X", code));
                  }
                }
              }
            });
    quoted.append('"');
  }
}
