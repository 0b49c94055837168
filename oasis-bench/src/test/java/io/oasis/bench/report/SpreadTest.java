package io.oasis.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  @DisplayName("a percentile is the smallest value that this share does not exceed")
  void nearestRank() {
    Spread spread = Spread.of(LongStream.rangeClosed(1, 200).map(n -> 201 - n).toArray());

    assertThat(spread.at(50)).isEqualTo(100);
    assertThat(spread.at(99)).isEqualTo(198);
    assertThat(spread.at(0)).isEqualTo(1);
    assertThat(spread.max()).isEqualTo(200);
  }

  @Test
  @DisplayName("the median of an even number of rounds lies between the two in the middle")
  void medianOfEven() {
    assertThat(Spread.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
    assertThat(Spread.median(new double[] {9, 1, 3})).isEqualTo(3);
  }
}
