package io.oasis.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotsTest {

  @Test
  @DisplayName("a power of ten further is the same distance further on the axis")
  void logarithmic() {
    Axis axis = Axis.around(20, 3_000, 100, 400);

    assertThat(axis.ticks()).containsExactly(10.0, 100.0, 1_000.0, 10_000.0);
    assertThat(axis.at(100)).isEqualTo(200, within(1e-9));
    assertThat(axis.at(1_000)).isEqualTo(300, within(1e-9));
    assertThat(axis.at(0)).isEqualTo(100, within(1e-9));
  }

  @Test
  @DisplayName("bars are well-formed SVG with a bar and a value for each, whatever the names hold")
  void bars() throws Exception {
    Document svg =
        parse(
            BarChart.svg(
                "fast & slow",
                "jobs/s",
                List.of(
                    new BarChart.Bar("oasis", 9_000, true),
                    new BarChart.Bar("<other>", 90, false))));

    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2);
    assertThat(svg.getDocumentElement().getTextContent()).contains("9,000", "<other>");
  }

  @Test
  @DisplayName("a curve goes through the percentiles that were measured")
  void curves() throws Exception {
    Document svg =
        parse(
            LatenessChart.svg(
                "late",
                List.of(
                    new LatenessChart.Curve(
                        "oasis", Map.of("p50Millis", 1.0, "p99Millis", 10.0, "maxMillis", 12.0)))));

    String points =
        svg.getElementsByTagName("polyline")
            .item(0)
            .getAttributes()
            .getNamedItem("points")
            .getTextContent();
    assertThat(points.strip().split(" ", -1)).hasSize(3);
  }

  @Test
  @DisplayName("a plot comes with words that say its values")
  void words() {
    Journal journal = new Journal();
    journal.add(new Sample("throughput", "oasis", 1, Map.of("jobsPerSecond", 9_000.0)));
    journal.add(new Sample("throughput", "raw", 1, Map.of("jobsPerSecond", 90_000.0)));
    journal.add(
        new Sample("lateness-1000", "oasis", 1, Map.of("p50Millis", 1.5, "p99Millis", 10.0)));

    Map<String, Plot> plots = Plots.of(journal);

    assertThat(plots.get("bench-throughput.svg").words())
        .contains("raw 90,000; oasis 9,000")
        .contains("jobs/s");
    assertThat(plots.get("bench-lateness.svg").words()).contains("1000 jobs/s 1.50 and 10.0");
  }

  @Test
  @DisplayName("figures take the place of what stood between the marks, and nothing else")
  void page() {
    String page = "before\n" + PerformancePage.BEGIN + "\nold\n" + PerformancePage.END + "\nafter";

    assertThat(PerformancePage.replaced(page, "new"))
        .isEqualTo(
            "before\n" + PerformancePage.BEGIN + "\n\nnew\n\n" + PerformancePage.END + "\nafter");
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
