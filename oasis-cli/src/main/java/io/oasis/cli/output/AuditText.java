package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import io.oasis.cli.output.Table.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Who changed what, as a table. */
public final class AuditText {
  private static final int PARTS = 3;
  private static final int LONGEST = 40;

  private final Times times;
  private final boolean wide;

  /**
   * Tables as seen now.
   *
   * @param wide with every column, and with every part that changed
   */
  public AuditText(Times times, boolean wide) {
    this.times = times;
    this.wide = wide;
  }

  /** Entries, newest first. */
  public Table table(List<Facts> entries) {
    List<String> headings = new ArrayList<>(List.of("TIME", "WHO", "ACTION", "OBJECT", "CHANGE"));
    if (wide) {
      headings.add("ID");
    }
    Table table = new Table(headings);
    for (Facts entry : entries) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(entry.instant("at").map(times::full).orElse("")));
      row.add(Cell.of(entry.text("who")));
      row.add(Cell.of(entry.text("action")));
      row.add(Cell.of(entry.text("object")));
      row.add(Cell.of(change(entry)));
      if (wide) {
        row.add(Cell.of(entry.text("id")));
      }
      table.add(row);
    }
    return table;
  }

  /** {@code role viewer → editor}: what differs between the two sides, where there are two. */
  private String change(Facts entry) {
    if (!entry.has("before") || !entry.has("after")) {
      return "";
    }
    Map<String, String> before = entry.map("before");
    Map<String, String> after = entry.map("after");
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> parts =
        names.stream()
            .filter(name -> !before.getOrDefault(name, "").equals(after.getOrDefault(name, "")))
            .map(name -> part(name, before.getOrDefault(name, ""), after.getOrDefault(name, "")))
            .toList();
    return wide || parts.size() <= PARTS
        ? String.join(", ", parts)
        : String.join(", ", parts.subList(0, PARTS)) + ", …";
  }

  private static String part(String name, String before, String after) {
    return name + " " + shown(before) + " → " + shown(after);
  }

  private static String shown(String value) {
    if (value.isEmpty()) {
      return "–";
    }
    String line = value.replaceAll("\\p{Cntrl}+", " ");
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
