package io.oasis.manifest.yaml;

import io.oasis.manifest.yaml.YamlValue.Mark;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The documents of one text. A document that cannot be read does not hide the mistakes of the
 * others: reading goes on at the next line that begins with {@code ---}.
 *
 * @param documents those that could be read; empty documents are left out
 * @param errors why others could not
 */
public record YamlDocuments(List<YamlValue> documents, List<YamlError> errors) {
  private static final int MOST_ERRORS = 100;

  /**
   * Reads a text.
   *
   * @param limit how many documents are read at most
   * @param most the limit that the user is told, when others have used up a part of it
   */
  public static YamlDocuments read(String text, int limit, int most) {
    Reading reading = new Reading(limit, most);
    int line = 0;
    String rest = text;
    while (rest != null) {
      int broken = reading.read(rest, line);
      int next = broken < 0 ? -1 : nextDocument(rest, Math.max(1, broken - line));
      if (next >= 0) {
        line += lines(rest, next);
        rest = rest.substring(next);
      } else {
        rest = null;
      }
    }
    return new YamlDocuments(reading.documents, reading.errors);
  }

  /** The index of the first document marker that begins a line at or after line {@code from}. */
  private static int nextDocument(String text, int from) {
    int at = 0;
    for (int line = 0; at >= 0 && at < text.length(); line++) {
      if (line >= from && text.startsWith("---", at)) {
        return at;
      }
      int end = text.indexOf('\n', at);
      at = end < 0 ? -1 : end + 1;
    }
    return -1;
  }

  private static int lines(String text, int until) {
    return (int) text.substring(0, until).chars().filter(c -> c == '\n').count();
  }

  private static final class Reading {
    private final int limit;
    private final int most;
    private final List<YamlValue> documents = new ArrayList<>();
    private final List<YamlError> errors = new ArrayList<>();
    private int seen;

    Reading(int limit, int most) {
      this.most = most;
      this.limit = limit;
    }

    /** Reads until the end (−1) or until a document is broken (its 0-based line). */
    int read(String text, int firstLine) {
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
      TreeBuilder tree = new TreeBuilder(firstLine);
      try {
        Iterator<Event> events = new Parse(settings).parseString(text).iterator();
        while (events.hasNext()) {
          Event event = events.next();
          if (event instanceof DocumentStartEvent && ++seen > limit) {
            fail(
                new YamlError(
                    at(event, firstLine),
                    "",
                    "there are more than " + most + " documents",
                    "split the input into several sets"));
            return -1;
          }
          if (event instanceof DocumentStartEvent) {
            tree = new TreeBuilder(firstLine);
          }
          Optional<YamlError> broken = tree.accept(event);
          if (broken.isPresent()) {
            return fail(broken.get());
          }
          if (event instanceof DocumentEndEvent) {
            errors.addAll(tree.duplicates());
            tree.root().ifPresent(documents::add);
          }
        }
        return -1;
      } catch (MarkedYamlEngineException broken) {
        errors.addAll(tree.duplicates());
        return fail(SyntaxMistake.explain(broken, text, firstLine));
      } catch (YamlEngineException broken) {
        return fail(new YamlError(Mark.NONE, "", "not YAML: " + oneLine(broken), "check the file"));
      }
    }

    private int fail(YamlError error) {
      errors.add(error);
      if (errors.size() < MOST_ERRORS) {
        return Math.max(0, error.mark().line() - 1);
      }
      errors.add(
          new YamlError(
              error.mark(),
              "",
              "too many mistakes; the rest of the file was not read",
              "correct these first"));
      return -1;
    }

    private static Mark at(Event event, int firstLine) {
      return event
          .getStartMark()
          .map(m -> new Mark(m.getLine() + firstLine + 1, m.getColumn() + 1))
          .orElse(Mark.NONE);
    }

    private static String oneLine(Exception broken) {
      return String.valueOf(broken.getMessage()).replaceAll("\\s+", " ");
    }
  }
}
