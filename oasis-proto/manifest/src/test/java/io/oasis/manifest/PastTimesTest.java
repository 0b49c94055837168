package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.Manifest.JobManifest;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PastTimesTest {

  private static Optional<Problem> check(String schedule, String now) {
    JobManifest job = (JobManifest) Read.manifests(Read.job("schedule: " + schedule)).get(0);
    return PastTimes.check(job, Instant.parse(now));
  }

  @Test
  @DisplayName("CU10: a one-time schedule in the past is refused unless it says what to do")
  void past() {
    String at = "{at: 2026-12-01T09:00:00, timeZone: Asia/Shanghai}";

    assertThat(check(at, "2026-12-01T01:00:00Z"))
        .hasValueSatisfying(
            problem ->
                assertThat(problem.toString())
                    .isEqualTo(
                        "a.yaml:6:18  spec.schedule.at  the time of job billing/nightly is over (at"
                            + " 2026-12-01 09:00 Asia/Shanghai); choose a later time, or add"
                            + " ifPast: run or ifPast: skip"));
    assertThat(check(at, "2026-12-01T00:59:59Z")).isEmpty();
    assertThat(check(at.replace("}", ", ifPast: run}"), "2027-01-01T00:00:00Z")).isEmpty();
    assertThat(check(at.replace("}", ", ifPast: skip}"), "2027-01-01T00:00:00Z")).isEmpty();
    assertThat(check("{cron: '@daily'}", "2027-01-01T00:00:00Z")).isEmpty();
  }
}
