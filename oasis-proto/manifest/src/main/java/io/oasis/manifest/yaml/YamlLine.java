package io.oasis.manifest.yaml;

import io.oasis.manifest.yaml.YamlValue.Field;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Items;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a document on one line, in YAML's flow style, so that it reads back as the same tree. */
public final class YamlLine {
  /** Plain text that has a meaning without quotes, or needs none. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9+.-][A-Za-z0-9+._-]*");

  private final StringBuilder out;
  private final int limit;

  private YamlLine(StringBuilder out, int limit) {
    this.out = out;
    this.limit = limit;
  }

  /**
   * Appends {@code --- {…}} and a line break.
   *
   * @param limit writing stops soon after this length, which aliases could else multiply
   */
  public static void append(YamlValue document, StringBuilder out, int limit) {
    out.append("--- ");
    new YamlLine(out, limit).value(document);
    out.append('\n');
  }

  private void value(YamlValue value) {
    if (out.length() > limit) {
      return;
    }
    if (value instanceof Fields mapping) {
      String separator = "{";
      for (Field field : mapping.fields()) {
        out.append(separator);
        YamlWriter.quote(field.name(), out);
        out.append(": ");
        value(field.value());
        separator = ", ";
      }
      out.append(mapping.fields().isEmpty() ? "{}" : "}");
    } else if (value instanceof Items list) {
      List<YamlValue> items = list.items();
      out.append('[');
      for (int i = 0; i < items.size(); i++) {
        out.append(i == 0 ? "" : ", ");
        value(items.get(i));
      }
      out.append(']');
    } else {
      scalar((Scalar) value);
    }
  }

  private void scalar(Scalar scalar) {
    String text = scalar.isNothing() ? "null" : scalar.text();
    // A lone - or --- has a meaning of its own, and no value that needs to be plain has it.
    boolean plain =
        scalar.plain()
            && PLAIN.matcher(text).matches()
            && !text.matches("[-.]+")
            && text.length() < 100;
    if (plain) {
      out.append(text);
    } else {
      YamlWriter.quote(text, out);
    }
  }
}
