package io.oasis.manifest.layer;

import io.oasis.manifest.yaml.YamlError;
import io.oasis.manifest.yaml.YamlText;
import io.oasis.manifest.yaml.YamlValue.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of variables: one {@code NAME=value} a line, {@code #} begins a comment line, quotes
 * around a value are taken off. Nothing in it is replaced or run.
 *
 * @param values what it says; of a name that comes twice, the last value
 * @param errors lines that are neither
 */
public record EnvFile(Map<String, String> values, List<YamlError> errors) {
  /** A larger file is refused without being looked at. */
  public static final int MAX_BYTES = 1024 * 1024;

  private static final Pattern LINE =
      Pattern.compile("(?:export\\s+)?(" + Variables.NAME + ")\\s*=(.*)", Pattern.DOTALL);

  /** Reads a file's bytes. */
  public static EnvFile read(byte[] content) {
    YamlText decoded = YamlText.decode(content, MAX_BYTES);
    if (decoded instanceof YamlText.Refused refused) {
      return new EnvFile(Map.of(), List.of(refused.error()));
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<YamlError> errors = new ArrayList<>();
    int number = 0;
    for (String line : ((YamlText.Decoded) decoded).text().split("\r\n|\n|\r", -1)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      Matcher assignment = LINE.matcher(text);
      Optional<String> value =
          assignment.matches() ? unquoted(assignment.group(2).strip()) : Optional.empty();
      if (value.isPresent()) {
        values.put(assignment.group(1), value.get());
      } else {
        int column = 1 + line.length() - line.stripLeading().length();
        errors.add(
            new YamlError(
                new Mark(number, column),
                "",
                assignment.matches()
                    ? "a quote is opened and not closed"
                    : "this is not NAME=value",
                "names are letters, digits and _; close what is quoted on its own line"));
      }
    }
    return new EnvFile(values, List.copyOf(errors));
  }

  private static Optional<String> unquoted(String value) {
    boolean quoted = value.startsWith("\"") || value.startsWith("'");
    if (!quoted) {
      return Optional.of(value);
    }
    boolean closed = value.length() > 1 && value.charAt(value.length() - 1) == value.charAt(0);
    return closed ? Optional.of(value.substring(1, value.length() - 1)) : Optional.empty();
  }
}
