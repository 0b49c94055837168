package io.oasis.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The line at the end of every help that says how the command exits. Codes of its own are in the
 * command's {@code exitCodeList}; those that all of them have are added here.
 */
final class ExitCodeFooter {
  private static final int WIDTH = 98;

  private ExitCodeFooter() {}

  /** Adds the line to every command below. */
  static void addTo(CommandLine line) {
    for (CommandLine verb : line.getSubcommands().values()) {
      if (verb.getSubcommands().isEmpty()) {
        addTo(verb.getCommandSpec());
      }
      addTo(verb);
    }
  }

  private static void addTo(CommandSpec verb) {
    Map<Integer, String> codes = new TreeMap<>();
    codes.put(0, "done");
    codes.put(1, "error");
    codes.put(2, "wrong usage or input");
    if (verb.findOption("--server") != null) {
      codes.put(4, "not allowed");
    }
    if (verb.findOption("--timeout") != null) {
      codes.put(124, "the wait timed out");
    }
    verb.usageMessage()
        .exitCodeList()
        .forEach((code, text) -> codes.put(Integer.valueOf(code.strip()), text));
    verb.usageMessage().exitCodeList(Map.of());
    String text =
        codes.entrySet().stream()
            .map(code -> code.getKey() + " " + code.getValue())
            .collect(Collectors.joining(", ", "Exit codes: ", "."));
    List<String> footer = new ArrayList<>(Arrays.asList(verb.usageMessage().footer()));
    footer.add("");
    footer.addAll(wrapped(text));
    verb.usageMessage().footer(footer.toArray(String[]::new));
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : text.split("(?<=,) ", -1)) {
      if (!line.isEmpty() && line.length() + part.length() >= WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(" ".repeat("Exit codes:".length()));
      }
      line.append(line.isEmpty() ? "" : " ").append(part);
    }
    lines.add(line.toString());
    return lines;
  }
}
