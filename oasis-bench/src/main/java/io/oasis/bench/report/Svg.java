package io.oasis.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A drawing that is put together shape by shape. */
final class Svg {
  private static final String STYLE =
      """
      <style>
        text { font: 13px sans-serif; fill: #4a5568 }
        .title { font-size: 15px; font-weight: 600 }
        .small { font-size: 11px }
        .grid { stroke: #a0aec0; stroke-width: 0.5 }
        .own { fill: #0f766e; stroke: #0f766e }
        .other { fill: #94a3b8; stroke: #94a3b8 }
        .c0 { stroke: #0f766e } .c1 { stroke: #2563eb } .c2 { stroke: #d97706 }
        .c3 { stroke: #be185d } .c4 { stroke: #7c3aed } .c5 { stroke: #64748b }
        .c6 { stroke: #65a30d }
        polyline { fill: none; stroke-width: 2 }
        @media (prefers-color-scheme: dark) { text { fill: #cbd5e1 } }
      </style>
      """;

  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height, String title) {
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
            .formatted(width, height));
    out.append("<title>").append(escape(title)).append("</title>\n").append(STYLE);
    text(16, 24, "start", "title", title);
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    out.append(
        format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"", x1, y1, x2, y2)
            + " class=\""
            + style
            + "\"/>\n");
  }

  void rect(double x, double y, double width, double height, String style) {
    out.append(
        format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", x, y, width, height)
            + " rx=\"2\" class=\""
            + style
            + "\"/>\n");
  }

  void text(double x, double y, String anchor, String style, String words) {
    out.append(format("<text x=\"%.1f\" y=\"%.1f\"", x, y))
        .append(" text-anchor=\"")
        .append(anchor)
        .append("\" class=\"")
        .append(style)
        .append("\">")
        .append(escape(words))
        .append("</text>\n");
  }

  /** A line through points, each two numbers. */
  void path(List<double[]> points, String style) {
    out.append("<polyline class=\"").append(style).append("\" points=\"");
    points.forEach(point -> out.append(format("%.1f,%.1f ", point[0], point[1])));
    out.append("\"/>\n");
  }

  /** The whole drawing. */
  String text() {
    return out + "</svg>\n";
  }

  static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String form, double... values) {
    Object[] boxed = Arrays.stream(values).boxed().toArray();
    return String.format(Locale.ROOT, form, boxed);
  }
}
