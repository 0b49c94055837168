package io.oasis.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CpuTimeTest {

  @Test
  @DisplayName("the four times are found behind a name with spaces and parentheses")
  void oddName() {
    String stat = "42 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 110 120 130 140 20 0 1 0 77";

    assertThat(CpuTime.parse(stat)).containsExactly("110", "120", "130", "140");
  }
}
