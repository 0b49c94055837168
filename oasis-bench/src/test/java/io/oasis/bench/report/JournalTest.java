package io.oasis.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final Journal journal = new Journal();

  @Test
  @DisplayName("a round whose probe is off by more than three times does not count")
  void throwsAway() {
    round(1, 100, 1_000);
    round(2, 110, 2_000);
    round(3, 90, 3_000);
    round(4, 331, 9_000);
    round(5, 30, 9_000);

    assertThat(journal.thrownAway()).containsExactly(4, 5);
    assertThat(journal.median("throughput", "oasis", "jobsPerSecond")).hasValue(2_000);
  }

  @Test
  @DisplayName("ratios are made within a round, and their median is taken")
  void ratios() {
    round(1, 100, 1_000);
    round(2, 100, 4_000);
    round(3, 100, 3_000);
    add("throughput", "raw", 1, 500);
    add("throughput", "raw", 2, 1_000);
    add("throughput", "raw", 3, 1_000);

    assertThat(journal.ratio("throughput", "jobsPerSecond", "oasis", "raw").orElseThrow())
        .isEqualTo(3, within(1e-9));
  }

  @Test
  @DisplayName("what nobody measured has no median")
  void nothing() {
    assertThat(journal.median("throughput", "oasis", "jobsPerSecond")).isEmpty();
    assertThat(journal.thrownAway()).isEmpty();
  }

  @Test
  @DisplayName("the table has the median and the value of each round that counts")
  void table() {
    round(1, 100, 1_000);
    round(2, 100, 3_000);

    assertThat(Table.markdown(journal))
        .contains("| throughput | oasis | jobsPerSecond | 2,000 | 1,000 · 3,000 |");
  }

  @Test
  @DisplayName("a line is reached or not, and says so when nobody measured it")
  void targets() {
    round(1, 100, 7_000);
    add("throughput", "db-scheduler", 1, 2_000);
    add("throughput", "db-scheduler-fetch", 1, 1_000);
    add("throughput", "jobrunr", 1, 1_400);

    assertThat(Targets.markdown(journal))
        .contains(
            "| 1 throughput, times the best db-scheduler | ≥ 2× | ≥ 3.5× | 3.50× | yes, both |")
        .contains("| 1 throughput, times JobRunr | ≥ 7× |  | 5.00× | **no** |")
        .contains("| 1 throughput, times the best Quartz | ≥ 40× |  |  | not measured |");
  }

  @Test
  @DisplayName("a sample is one line of JSON")
  void json() {
    assertThat(new Sample("throughput", "oasis", 2, Map.of("jobs", 5.0)).json())
        .isEqualTo("{\"measure\":\"throughput\",\"contender\":\"oasis\",\"round\":2,\"jobs\":5.0}");
  }

  private void round(int number, double probe, double rate) {
    journal.add(new Sample(Journal.CEILING, "postgres", number, Map.of(Journal.PROBE, probe)));
    add("throughput", "oasis", number, rate);
  }

  private void add(String measure, String contender, int round, double rate) {
    journal.add(new Sample(measure, contender, round, Map.of("jobsPerSecond", rate)));
  }
}
