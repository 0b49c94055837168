package io.oasis.manifest.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and booleans as indented JSON. */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  static String write(Map<String, ?> root) {
    JsonWriter writer = new JsonWriter();
    writer.value(root, "\n");
    return writer.out.append('\n').toString();
  }

  private void value(Object value, String newLine) {
    if (value instanceof Map<?, ?> map) {
      List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
      // Maps of one line were made without an order of their own.
      if (!(map instanceof java.util.LinkedHashMap)) {
        entries.sort((a, b) -> a.getKey().toString().compareTo(b.getKey().toString()));
      }
      out.append('{');
      for (int i = 0; i < entries.size(); i++) {
        out.append(i == 0 ? "" : ",").append(newLine).append("  ");
        text(entries.get(i).getKey().toString());
        out.append(": ");
        value(entries.get(i).getValue(), newLine + "  ");
      }
      out.append(entries.isEmpty() ? "}" : newLine + "}");
    } else if (value instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        out.append(i == 0 ? "" : ", ");
        value(list.get(i), newLine);
      }
      out.append(']');
    } else if (value instanceof String string) {
      text(string);
    } else {
      out.append(value);
    }
  }

  private void text(String text) {
    out.append('"');
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c < 0x20) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.append((char) c);
              }
            });
    out.append('"');
  }
}
