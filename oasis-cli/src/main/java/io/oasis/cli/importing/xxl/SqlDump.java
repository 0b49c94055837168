package io.oasis.cli.importing.xxl;

import io.oasis.cli.importing.UnreadableSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The rows that the {@code INSERT} statements of a dump hold. Everything else of the dump is passed
 * over, and nothing of it is ever run.
 */
final class SqlDump {
  private static final int MOST_ROWS = 50_000;

  private final SqlScanner scanner;
  private final List<String> tables;
  private final Map<String, List<String>> columns = new HashMap<>();
  private final Map<String, List<Row>> rows = new HashMap<>();
  private int count;

  private SqlDump(String text, List<String> tables) {
    this.scanner = new SqlScanner(text);
    this.tables = tables;
  }

  /** The rows of some tables, by table; each row's values by the name of their column. */
  static Map<String, List<Row>> rows(String text, List<String> tables) {
    SqlDump dump = new SqlDump(text, tables);
    dump.read();
    return dump.rows;
  }

  private void read() {
    while (!scanner.atEnd()) {
      if (scanner.takeWord("CREATE")) {
        create();
      } else if (scanner.takeWord("INSERT") || scanner.takeWord("REPLACE")) {
        insert();
      }
      scanner.skipStatement();
    }
  }

  private void create() {
    if (!scanner.takeWord("TABLE")) {
      return;
    }
    if (scanner.takeWord("IF")) {
      scanner.takeWord("NOT");
      scanner.takeWord("EXISTS");
    }
    String table = scanner.name();
    if (!tables.contains(table) || !scanner.take('(')) {
      return;
    }
    List<String> names = new ArrayList<>();
    do {
      boolean quoted = scanner.isQuotedName();
      String name = scanner.name();
      boolean key = !quoted && name.matches("primary|key|unique|constraint|index|fulltext|foreign");
      if (!key && !name.isEmpty()) {
        names.add(name);
      }
      scanner.skipElement();
    } while (scanner.take(','));
    columns.put(table, names);
  }

  private void insert() {
    while (scanner.takeWord("IGNORE")
        || scanner.takeWord("DELAYED")
        || scanner.takeWord("LOW_PRIORITY")) {
      // Words that change nothing about the rows.
    }
    scanner.takeWord("INTO");
    int line = scanner.line();
    String table = scanner.name();
    if (!tables.contains(table)) {
      return;
    }
    List<String> names = new ArrayList<>();
    if (scanner.take('(')) {
      do {
        names.add(scanner.name());
      } while (scanner.take(','));
      scanner.expect(')');
    } else {
      names.addAll(columns.getOrDefault(table, List.of()));
    }
    if (names.isEmpty()) {
      throw new UnreadableSource(
          "line "
              + line
              + ": the INSERT into "
              + table
              + " names no columns, and there is no CREATE TABLE before it; dump with"
              + " --complete-insert");
    }
    if (!scanner.takeWord("VALUES") && !scanner.takeWord("VALUE")) {
      throw new UnreadableSource("line " + scanner.line() + ": VALUES is expected here");
    }
    do {
      row(table, names);
    } while (scanner.take(','));
  }

  private void row(String table, List<String> names) {
    int line = scanner.line();
    scanner.expect('(');
    Map<String, String> values = new LinkedHashMap<>();
    int at = 0;
    do {
      String value = scanner.value();
      if (at < names.size() && value != null) {
        values.put(names.get(at), value);
      }
      at++;
    } while (scanner.take(','));
    scanner.expect(')');
    if (at != names.size()) {
      throw new UnreadableSource(
          "line "
              + line
              + ": a row of "
              + table
              + " has "
              + at
              + " values for "
              + names.size()
              + " columns");
    }
    if (++count > MOST_ROWS) {
      throw new UnreadableSource("line " + line + ": there are more than " + MOST_ROWS + " rows");
    }
    rows.computeIfAbsent(table, t -> new ArrayList<>()).add(new Row(line, values));
  }

  /** Lower case, without underscores: how columns are compared whoever wrote them. */
  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "");
  }
}
