package io.oasis.bench.report;

import io.oasis.bench.machine.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Puts figures into a page that people have written, between two marks, and plots beside it. */
public final class PerformancePage {
  static final String BEGIN = "<!-- figures: written by make bench -->";
  static final String END = "<!-- end of figures -->";

  private PerformancePage() {}

  /** Replaces what stands between the marks of {@code performance.md} in a folder. */
  public static void update(Path docs, String figures, Map<String, Plot> plots) {
    Path page = docs.resolve("performance.md");
    try {
      Path images = Files.createDirectories(docs.resolve("images"));
      StringBuilder inserted = new StringBuilder();
      for (Map.Entry<String, Plot> plot : plots.entrySet()) {
        Files.writeString(images.resolve(plot.getKey()), plot.getValue().svg());
        inserted.append("![%s](images/%s)\n\n".formatted(plot.getValue().words(), plot.getKey()));
      }
      Files.writeString(page, replaced(Files.readString(page), inserted + figures));
    } catch (IOException e) {
      throw new BenchException("cannot write " + page + ": " + e.getMessage(), e);
    }
  }

  static String replaced(String page, String figures) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new BenchException("the page has no marks for figures");
    }
    return page.substring(0, begin + BEGIN.length())
        + "\n\n"
        + figures.strip()
        + "\n\n"
        + page.substring(end);
  }
}
