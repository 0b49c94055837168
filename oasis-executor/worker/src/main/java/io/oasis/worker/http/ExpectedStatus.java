package io.oasis.worker.http;

import io.oasis.executor.NonRetryableException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which statuses are a success: "2xx" by default, or a list like "200, 204, 3xx". */
final class ExpectedStatus {
  private final List<String> patterns;

  private ExpectedStatus(List<String> patterns) {
    this.patterns = patterns;
  }

  /**
   * Reads {@code params.expectStatus}.
   *
   * @throws NonRetryableException when it is no list of statuses
   */
  static ExpectedStatus parse(String text) {
    List<String> patterns =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(pattern -> !pattern.isEmpty())
            .toList();
    if (patterns.isEmpty() || !patterns.stream().allMatch(p -> p.matches("[1-5]([0-9]{2}|xx)"))) {
      throw new NonRetryableException(
          "params.expectStatus: \"" + text + "\" is no list of statuses; write 200 or 2xx, 404");
    }
    return new ExpectedStatus(patterns);
  }

  boolean contains(int status) {
    String exact = Integer.toString(status);
    return patterns.contains(exact) || patterns.contains(exact.charAt(0) + "xx");
  }

  @Override
  public String toString() {
    return String.join(", ", patterns);
  }
}
