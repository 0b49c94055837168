package io.oasis.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.bench.measure.Contender;
import io.oasis.bench.measure.Measure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  @DisplayName("without flags everything is measured of everybody, in three rounds")
  void defaults() {
    Options options = Options.parse(new String[0]);

    assertThat(options.mode()).isEqualTo(Options.Mode.FULL);
    assertThat(options.measures()).containsExactlyInAnyOrder(Measure.values());
    assertThat(options.contenders()).containsExactly(Contender.values());
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.size().others()).isEqualTo(1_000_000);
    assertThat(options.writeDocs()).isFalse();
  }

  @Test
  @DisplayName("flags choose measures, contenders and sizes")
  void flags() {
    Options options =
        Options.parse(
            new String[] {
              "--measure=throughput", "--contenders=oasis,raw", "--jobs=500", "--mode=soak"
            });

    assertThat(options.measures()).containsExactly(Measure.THROUGHPUT);
    assertThat(options.contenders()).containsExactly(Contender.OASIS, Contender.RAW);
    assertThat(options.size().jobs()).isEqualTo(500);
    assertThat(options.mode()).isEqualTo(Options.Mode.SOAK);
  }

  @Test
  @DisplayName("a flag that is wrong is named, with what it may be")
  void wrong() {
    assertThatThrownBy(() -> Options.parse(new String[] {"--job=5"}))
        .hasMessageContaining("--job=5")
        .hasMessageContaining("--jobs=20000");
    assertThatThrownBy(() -> Options.parse(new String[] {"--rounds=0"}))
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> Options.parse(new String[] {"--mode=fast"}))
        .hasMessageContaining("full, soak or smoke");
  }
}
