package io.oasis.manifest.yaml;

import io.oasis.manifest.yaml.YamlValue.Mark;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in words of a user what the YAML parser says in words of its grammar. */
final class SyntaxMistake {
  private SyntaxMistake() {}

  static YamlError explain(MarkedYamlEngineException broken, String text, int firstLine) {
    String problem = broken.getProblem() == null ? "" : broken.getProblem();
    String context = broken.getContext() == null ? "" : broken.getContext();
    Mark where = mark(broken.getProblemMark(), firstLine);
    Mark opened = mark(broken.getContextMark(), firstLine);
    if (startsWithTab(broken, text)) {
      return error(where, "a tab is used where YAML wants blanks", "indent with blanks only");
    }
    if (context.contains("quoted scalar")) {
      boolean escape = problem.contains("escape");
      return error(
          problem.contains("end of stream") || problem.contains("document separator")
              ? opened
              : where,
          escape
              ? "this escape is not known in double quotes"
              : "a quote is opened here and not closed",
          escape ? "use single quotes for text with backslashes" : "close the quote");
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return error(
          where,
          "a `:` stands where no field can begin",
          "check the indentation, and put quotes around text that contains `: `");
    }
    if (context.contains("flow")) {
      Mark begin = opened.line() > 0 ? opened : where;
      char bracket = at(text, begin.line() - firstLine - 1, begin.column() - 1);
      return error(
          begin,
          bracket == '[' || bracket == '{'
              ? "what begins here with " + bracket + " is not closed properly"
              : "a list in [ ] or a mapping in { } is not closed properly",
          line(text, where.line() - firstLine - 1).contains("${")
              ? "put quotes around a value with ${ in it"
              : "put a comma between its parts and close it");
    }
    if (problem.contains("block end")) {
      return error(
          where,
          "the indentation does not match the lines above",
          "align the fields of one mapping in one column");
    }
    if (problem.contains("could not find expected ':'")) {
      return error(where, "a `:` is missing after a field name", "write `name: value`");
    }
    if (problem.contains("that cannot start any token")) {
      return error(where, "text cannot begin with this character", "put quotes around the text");
    }
    return error(where, "not YAML: " + oneLine(problem), "check the quotes and the indentation");
  }

  private static boolean startsWithTab(MarkedYamlEngineException broken, String text) {
    String problem = String.valueOf(broken.getProblem()).toLowerCase(Locale.ROOT);
    if (problem.contains("tab")) {
      return true;
    }
    return broken
        .getProblemMark()
        .map(m -> line(text, m.getLine()))
        .filter(
            line -> line.substring(0, line.length() - line.stripLeading().length()).contains("\t"))
        .isPresent();
  }

  private static char at(String text, int line, int column) {
    String found = line(text, line);
    return column >= 0 && column < found.length() ? found.charAt(column) : ' ';
  }

  private static String line(String text, int number) {
    int at = 0;
    for (int line = 0; line < number; line++) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        return "";
      }
      at = end + 1;
    }
    int end = text.indexOf('\n', at);
    return text.substring(at, end < 0 ? text.length() : end);
  }

  private static Mark mark(Optional<org.snakeyaml.engine.v2.exceptions.Mark> mark, int firstLine) {
    return mark.map(m -> new Mark(m.getLine() + firstLine + 1, m.getColumn() + 1))
        .orElse(Mark.NONE);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static YamlError error(Mark mark, String message, String hint) {
    return new YamlError(mark, "", message, hint);
  }
}
