package io.oasis.cli.importing.crontab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The command of a crontab's line as a script.
 *
 * @param line what the shell runs
 * @param input lines for its standard input, which stand behind the first {@code %}
 */
record CronCommand(String line, List<String> input) {
  private static final Pattern BEFORE =
      Pattern.compile("^\\s*(?:cd|test|\\[)\\s[^&|;]*(?:&&|\\|\\||;)\\s*");

  /** Takes a command apart: {@code %} ends it, each further one ends a line, {@code \%} is a %. */
  static CronCommand of(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '%') {
        part.append('%');
        i++;
      } else if (c == '%') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return new CronCommand(parts.get(0).strip(), List.copyOf(parts.subList(1, parts.size())));
  }

  /** The script, without its first line. */
  String script(Map<String, String> environment) {
    StringBuilder text = new StringBuilder();
    environment.forEach(
        (name, value) ->
            text.append("export ")
                .append(name)
                .append("='")
                .append(value.replace("'", "'\\''"))
                .append("'\n"));
    if (input.isEmpty()) {
      return text.append(line).append('\n').toString();
    }
    String end = "END_OF_INPUT";
    while (input.contains(end)) {
      end += "_";
    }
    text.append("{ ").append(line).append("\n} <<'").append(end).append("'\n");
    input.forEach(inputLine -> text.append(inputLine).append('\n'));
    return text.append(end).append('\n').toString();
  }

  /** The first word that says what is run. */
  String program() {
    String rest = line;
    while (BEFORE.matcher(rest).find()) {
      rest = BEFORE.matcher(rest).replaceFirst("");
    }
    for (String word : rest.split("[\\s;&|()<>\"']+", -1)) {
      boolean assignment = word.matches("\\w+=.*");
      boolean around =
          word.matches(
                  "(|cd|test|\\[|\\]|nice|ionice|sudo|exec|env|nohup|flock|chronic|time|sh|bash|-.*|\\d+|\\.|/dev/null)")
              || word.matches(".*/(sh|bash|env|nice|flock)");
      if (!assignment && !around && !word.matches("/[\\w.-]+(/[\\w.-]+)*/")) {
        String file = word.substring(word.lastIndexOf('/') + 1);
        return file.replaceFirst("\\.(sh|py|pl|rb|php)$", "");
      }
    }
    return line;
  }
}
