package io.oasis.manifest.layer;

import io.oasis.manifest.yaml.Suggestion;
import io.oasis.manifest.yaml.YamlError;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Field;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Items;
import io.oasis.manifest.yaml.YamlValue.Mark;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in place of {@code ${NAME}} in scalars. Two dollar signs before the brace stand for
 * one as text. A value is text within its scalar, never structure; field names are left as they
 * are.
 */
public final class Variables {
  /** What a name looks like, as a regular expression. */
  public static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  /** How much text one set of variables may put in, over all files. */
  static final int MOST_TEXT = 8 * 1024 * 1024;

  private static final Pattern USE = Pattern.compile("\\$?\\$\\{(?:(" + NAME + ")\\})?");

  private final Map<String, String> values;
  private final Set<String> used = new HashSet<>();
  private long left = MOST_TEXT;

  /** Variables with these values. */
  public Variables(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** The names that the documents so far have used, defined or not. */
  public Set<String> used() {
    return Set.copyOf(used);
  }

  /**
   * The document with every use replaced.
   *
   * @param text the file that the document was read from, to find the column of a mistake in it
   * @param errors takes uses that cannot be replaced, and where their scalars start
   */
  public YamlValue replaceIn(YamlValue document, String text, BiConsumer<YamlError, Mark> errors) {
    return new Walk(text, errors).replaced(document, "");
  }

  private final class Walk {
    private final String text;
    private final BiConsumer<YamlError, Mark> errors;

    Walk(String text, BiConsumer<YamlError, Mark> errors) {
      this.text = text;
      this.errors = errors;
    }

    YamlValue replaced(YamlValue value, String path) {
      if (value instanceof Fields mapping) {
        List<Field> fields = new ArrayList<>();
        for (Field field : mapping.fields()) {
          String inner = path.isEmpty() ? field.name() : path + "." + field.name();
          fields.add(new Field(field.name(), field.nameMark(), replaced(field.value(), inner)));
        }
        return new Fields(List.copyOf(fields), mapping.mark());
      }
      if (value instanceof Items list) {
        List<YamlValue> items = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
          items.add(replaced(list.items().get(i), path + "[" + i + "]"));
        }
        return new Items(List.copyOf(items), list.mark());
      }
      Scalar scalar = (Scalar) value;
      return scalar.text().contains("${") ? replaced(scalar, path) : scalar;
    }

    private Scalar replaced(Scalar scalar, String path) {
      StringBuilder out = new StringBuilder();
      Matcher use = USE.matcher(scalar.text());
      for (int nth = 0; use.find(); nth++) {
        String name = use.group(1);
        Optional<String> put = Optional.empty();
        if (name != null && !use.group().startsWith("$$")) {
          used.add(name);
        }
        if (use.group().startsWith("$$")) {
          put = Optional.of(use.group().substring(1));
        } else if (name == null) {
          wrong(
              scalar,
              nth,
              path,
              "`${` is not followed by a name and `}`",
              "write ${NAME}, or $${ for the text ${");
        } else if (!values.containsKey(name)) {
          wrong(scalar, nth, path, "the variable " + name + " is not defined", hint(name));
        } else {
          put = Optional.of(values.get(name));
        }
        String text = put.orElse("");
        boolean fits = left >= text.length();
        if (left > 0 && !fits) {
          wrong(
              scalar,
              nth,
              path,
              "the variables put in more than 8 MB of text",
              "use shorter values");
        }
        left = Math.max(0, left - text.length());
        use.appendReplacement(out, fits ? Matcher.quoteReplacement(text) : "");
      }
      use.appendTail(out);
      // Inside { } a use must be quoted, so quotes do not keep a value from being a number or true;
      // but a value that is empty or "null" is text and not the lack of a value.
      Scalar made = new Scalar(out.toString(), true, scalar.mark());
      return made.isNothing() ? new Scalar(made.text(), false, made.mark()) : made;
    }

    private String hint(String name) {
      String define = "define it with --set " + name + "=… or in an --env-file";
      return Suggestion.closest(name, values.keySet())
          .map(near -> "did you mean `${" + near + "}`? else " + define)
          .orElse(define + ", or write $${" + name + "} for the text");
    }

    private void wrong(Scalar scalar, int nth, String path, String message, String hint) {
      errors.accept(new YamlError(place(scalar.mark(), nth), path, message, hint), scalar.mark());
    }

    /** Where the n-th use of a scalar stands: the text is searched from the scalar's start on. */
    private Mark place(Mark start, int nth) {
      int at = offset(start);
      for (int i = 0; i <= nth && at >= 0; i++) {
        at = text.indexOf("${", i == 0 ? at : at + 1);
      }
      if (at < 0) {
        return start;
      }
      int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
      int lineStart = text.lastIndexOf('\n', at) + 1;
      return new Mark(line, 1 + text.codePointCount(lineStart, at), start.file());
    }

    private int offset(Mark mark) {
      int at = 0;
      for (int line = 1; line < mark.line(); line++) {
        int end = text.indexOf('\n', at);
        if (end < 0) {
          return -1;
        }
        at = end + 1;
      }
      return Math.min(text.length(), at + mark.column() - 1);
    }
  }
}
