package io.oasis.bench.report;

import java.util.List;
import java.util.Locale;

/** Horizontal bars on a logarithmic scale, as SVG that reads well on light and dark pages. */
public final class BarChart {
  private static final int WIDTH = 760;
  private static final int LEFT = 190;
  private static final int RIGHT = 110;
  private static final int ROW = 34;
  private static final int TOP = 46;
  private static final int BOTTOM = 34;

  private BarChart() {}

  /**
   * One bar.
   *
   * @param name at its left
   * @param value its length, greater than 0
   * @param own whether it is ours, and drawn in another colour
   */
  public record Bar(String name, double value, boolean own) {}

  /** Bars in the given order. */
  public static String svg(String title, String unit, List<Bar> bars) {
    double greatest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    double smallest = bars.stream().mapToDouble(Bar::value).min().orElse(1);
    Axis axis = Axis.around(smallest / 1.5, greatest, LEFT, WIDTH - RIGHT);
    int height = TOP + bars.size() * ROW + BOTTOM;
    Svg svg = new Svg(WIDTH, height, title);
    int bottom = TOP + bars.size() * ROW;
    for (double tick : axis.ticks()) {
      svg.line(axis.at(tick), TOP - 6, axis.at(tick), bottom, "grid");
      svg.text(axis.at(tick), bottom + 18, "middle", "small", label(tick));
    }
    svg.text(WIDTH - 12.0, 24, "end", "small", unit + ", logarithmic");
    int y = TOP;
    for (Bar bar : bars) {
      double end = axis.at(bar.value());
      svg.text(LEFT - 10.0, y + 20.0, "end", "name", bar.name());
      svg.rect(LEFT, y + 5.0, end - LEFT, ROW - 12.0, bar.own() ? "own" : "other");
      svg.text(end + 8, y + 20.0, "start", "value", Figures.number(bar.value()));
      y += ROW;
    }
    return svg.text();
  }

  static String label(double tick) {
    if (tick >= 1_000) {
      return String.format(Locale.ROOT, "%.0fk", tick / 1_000);
    }
    return tick >= 1
        ? String.format(Locale.ROOT, "%.0f", tick)
        : String.format(Locale.ROOT, "%s", tick);
  }
}
