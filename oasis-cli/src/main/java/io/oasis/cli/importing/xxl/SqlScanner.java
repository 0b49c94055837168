package io.oasis.cli.importing.xxl;

import io.oasis.cli.importing.UnreadableSource;
import java.util.Locale;

/** Reads words, names and values of SQL as MySQL writes it. */
final class SqlScanner {
  private final String text;
  private int at;
  private int line = 1;
  private int counted;

  SqlScanner(String text) {
    this.text = text;
  }

  /** The line of the next character that means something. */
  int line() {
    skipBlanks();
    for (; counted < at; counted++) {
      line += text.charAt(counted) == '\n' ? 1 : 0;
    }
    return line;
  }

  boolean atEnd() {
    skipBlanks();
    return at >= text.length();
  }

  /** Takes a word if it comes next, in whatever case. */
  boolean takeWord(String word) {
    skipBlanks();
    int end = at + word.length();
    boolean here =
        text.regionMatches(true, at, word, 0, word.length())
            && (end >= text.length() || !isNamePart(text.charAt(end)));
    at = here ? end : at;
    return here;
  }

  boolean take(char sign) {
    skipBlanks();
    boolean here = at < text.length() && text.charAt(at) == sign;
    at += here ? 1 : 0;
    return here;
  }

  void expect(char sign) {
    if (!take(sign)) {
      throw new UnreadableSource("line " + line() + ": " + sign + " is expected here");
    }
  }

  boolean isQuotedName() {
    skipBlanks();
    return at < text.length() && (text.charAt(at) == '`' || text.charAt(at) == '"');
  }

  /** The last part of a name such as {@code `db`.`table`}, in lower case; empty for none. */
  String name() {
    String name = part();
    while (at < text.length() && text.charAt(at) == '.') {
      at++;
      name = part();
    }
    return name.toLowerCase(Locale.ROOT);
  }

  private String part() {
    skipBlanks();
    if (isQuotedName()) {
      int end = text.indexOf(text.charAt(at), at + 1);
      if (end < 0) {
        throw new UnreadableSource("line " + line() + ": a name is opened here and not closed");
      }
      String name = text.substring(at + 1, end);
      at = end + 1;
      return name;
    }
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A value: text, a number, or null for NULL. */
  String value() {
    if (takeWord("NULL")) {
      return null;
    }
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '_') {
      part();
      skipBlanks();
    }
    char first = at < text.length() ? text.charAt(at) : ' ';
    if (first == '\'' || first == '"') {
      return quoted(first);
    }
    int start = at;
    while (at < text.length()
        && (isNamePart(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (at == start) {
      throw new UnreadableSource("line " + line() + ": a value is expected here");
    }
    return text.substring(start, at);
  }

  private String quoted(char quote) {
    int opened = line();
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        value.append(escaped(text.charAt(++at)));
      } else if (c != quote) {
        value.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        value.append(quote);
        at++;
      } else {
        at++;
        return value.toString();
      }
    }
    throw new UnreadableSource("line " + opened + ": a text is opened here and not closed");
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case '0' -> '\0';
      case 'Z' -> (char) 26;
      default -> c;
    };
  }

  /** Goes on to the comma or bracket that ends an element of a list. */
  void skipElement() {
    skip(",)");
  }

  /** Goes on after the semicolon that ends a statement. */
  void skipStatement() {
    skip(";");
    at = Math.min(text.length(), at + 1);
  }

  private void skip(String ends) {
    int depth = 0;
    while (!atEnd()) {
      char c = text.charAt(at);
      if (depth == 0 && ends.indexOf(c) >= 0) {
        return;
      }
      if (c == '\'' || c == '"') {
        quoted(c);
        continue;
      }
      if (c == '`') {
        part();
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      depth = Math.max(0, depth);
      at++;
    }
  }

  private void skipBlanks() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw new UnreadableSource("a comment /* is opened and not closed");
        }
        at = end + 2;
      } else if (text.charAt(at) == '#' || isLineComment()) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
      } else {
        return;
      }
    }
  }

  private boolean isLineComment() {
    return text.startsWith("--", at)
        && (at + 2 >= text.length() || Character.isWhitespace(text.charAt(at + 2)));
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
