package io.oasis.bench.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.bench.machine.BenchException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedPlanTest {
  @ParameterizedTest
  @ValueSource(longs = {100_000, 1_000_000, 10_000_000})
  @DisplayName("the jobs of a plan fire about as often as was asked for")
  void asManyAsAskedFor(long runs) {
    SeedPlan plan = plan("--runs=" + runs);

    assertThat(plan.runsOfDay() * 30.0 / runs).isBetween(0.95, 1.15);
  }

  @Test
  @DisplayName("the same seed gives the same jobs, another one others")
  void repeatable() {
    assertThat(plan("--seed=7")).isEqualTo(plan("--seed=7")).isNotEqualTo(plan("--seed=8"));
  }

  @ParameterizedTest
  @CsvSource({
    "60, 17, 17 * * * * ?",
    "300, 137, 17 2/5 * * * ?",
    "900, 61, 1 1/15 * * * ?",
    "3600, 3599, 59 59 * * * ?",
    "86400, 3661, 1 1 1 * * ?"
  })
  @DisplayName("a job's cron gives the times of its period and offset")
  void cron(int period, int offset, String cron) {
    assertThat(new SeedJob(1, "a", "b", period, offset, false, 1).cron()).isEqualTo(cron);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--runs=0", "--runs=x", "--size=5", "runs=5", "--force=maybe", "--until=x"})
  @DisplayName("a flag that makes no sense is refused with a line that says why")
  void wrongFlags(String flag) {
    assertThatThrownBy(() -> SeedOptions.parse(new String[] {flag}))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining(flag.contains("=") && flag.startsWith("--") ? "--" : flag);
  }

  private static SeedPlan plan(String flag) {
    return SeedPlan.of(SeedOptions.parse(new String[] {flag}));
  }
}
