package io.oasis.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lines of percentiles: how many of all jobs were called within how many milliseconds. */
public final class LatenessChart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int RIGHT = 200;
  private static final int TOP = 46;
  private static final int BOTTOM = 46;
  private static final int COLOURS = 7;

  /** What is on time to the microsecond would have no place on the axis. */
  private static final double LEAST_MILLIS = 0.1;

  private LatenessChart() {}

  /**
   * One line.
   *
   * @param name in the legend
   * @param millis the figures of {@link Lateness}, by their names
   */
  public record Curve(String name, Map<String, Double> millis) {}

  /** Lines in the given order. */
  public static String svg(String title, List<Curve> curves) {
    double greatest =
        curves.stream()
            .flatMap(curve -> curve.millis().values().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    Axis axis = Axis.around(LEAST_MILLIS, Math.max(1, greatest), LEFT, WIDTH - RIGHT);
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    frame(svg, axis);
    int number = 0;
    for (Curve curve : curves) {
      String style = "c" + number % COLOURS;
      svg.path(points(axis, curve), style);
      double y = TOP + 14 + number * 22.0;
      svg.line(WIDTH - RIGHT + 16.0, y - 4, WIDTH - RIGHT + 40.0, y - 4, style);
      svg.text(WIDTH - RIGHT + 48.0, y, "start", "small", curve.name());
      number++;
    }
    return svg.text();
  }

  private static void frame(Svg svg, Axis axis) {
    double bottom = HEIGHT - BOTTOM;
    for (double tick : axis.ticks()) {
      svg.line(axis.at(tick), TOP, axis.at(tick), bottom, "grid");
      svg.text(axis.at(tick), bottom + 16, "middle", "small", BarChart.label(tick));
    }
    for (int share = 0; share <= 100; share += 25) {
      svg.line(LEFT, height(share), WIDTH - RIGHT, height(share), "grid");
      svg.text(LEFT - 8.0, height(share) + 4, "end", "small", share + " %");
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10.0, "middle", "small", "milliseconds late");
  }

  static List<double[]> points(Axis axis, Curve curve) {
    List<double[]> points = new ArrayList<>();
    Lateness.PERCENTILES.forEach(
        (name, share) -> {
          Double millis = curve.millis().get(name);
          if (millis != null) {
            points.add(new double[] {axis.at(millis), height(share)});
          }
        });
    return points;
  }

  private static double height(double share) {
    return HEIGHT - BOTTOM - share / 100 * (HEIGHT - TOP - BOTTOM);
  }
}
