package io.oasis.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, every column as wide as its widest cell. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** A table with headings; one without when the list is empty. */
  public Table(List<String> headings) {
    this.headings = List.copyOf(headings);
  }

  /**
   * One cell.
   *
   * @param text what it says
   * @param tone how it looks where colours are
   */
  public record Cell(String text, Tone tone) {
    /** A cell without colour; an empty one shows as a dash, so that columns stay countable. */
    public static Cell of(String text) {
      return new Cell(text.isEmpty() ? "–" : text, Tone.PLAIN);
    }
  }

  /** Adds a row. */
  public void add(List<Cell> cells) {
    rows.add(List.copyOf(cells));
  }

  /** Adds a row without colours. */
  public void addText(String... cells) {
    List<Cell> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(Cell.of(cell));
    }
    add(row);
  }

  /** Prints it. */
  public void print(Terminal terminal, String indent) {
    print(terminal, indent, true);
  }

  /** Prints its rows, with the headings or below those that were printed before. */
  public void print(Terminal terminal, String indent, boolean withHeadings) {
    Palette palette = terminal.palette();
    int[] widths = widths();
    if (!headings.isEmpty() && withHeadings) {
      List<Cell> head = headings.stream().map(h -> new Cell(h, Tone.DIM)).toList();
      terminal.print(indent + line(head, widths, palette));
    }
    for (List<Cell> row : rows) {
      terminal.print(indent + line(row, widths, palette));
    }
  }

  private int[] widths() {
    int columns = Math.max(headings.size(), rows.stream().mapToInt(List::size).max().orElse(0));
    int[] widths = new int[columns];
    for (int c = 0; c < headings.size(); c++) {
      widths[c] = DisplayWidth.of(headings.get(c));
    }
    for (List<Cell> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        widths[c] = Math.max(widths[c], DisplayWidth.of(row.get(c).text()));
      }
    }
    return widths;
  }

  private static String line(List<Cell> cells, int[] widths, Palette palette) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.size(); c++) {
      Cell cell = cells.get(c);
      line.append(palette.paint(cell.tone(), cell.text()));
      if (c < cells.size() - 1) {
        line.append(" ".repeat(widths[c] - DisplayWidth.of(cell.text()))).append(GAP);
      }
    }
    return line.toString();
  }
}
