package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.identity.Reach;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LiveDashboardTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  private static final Reach ALL = new Reach.Everything();

  @Inject DashboardSource source;
  @Inject SampleRuns samples;

  @Test
  @DisplayName("the first look sends everything, escaped and in the viewer's language")
  void firstLook() {
    samples.failedRun();
    // A zone of its own: the look must not be one that another test has made.
    ZoneId zone = ZoneId.of("Asia/Tokyo");
    LiveDashboard dashboard =
        new LiveDashboard(source, new Speech(LocaleNegotiator.CHINESE, zone, source.now()), ALL);

    List<LiveStream.Part> parts = dashboard.next().parts();

    assertThat(parts)
        .extracting(LiveStream.Part::name)
        .contains("numbers", "troubles", "newest", "trend", "ring", "strip", "strip-table");
    assertThat(parts)
        .allSatisfy(part -> assertThat(part.html()).doesNotContain("<script>alert"))
        .anySatisfy(part -> assertThat(part.html()).contains("失败", "&lt;script&gt;"));
  }

  @Test
  @DisplayName("viewers who see the same apps in one zone share a look")
  void shared() {
    Instant now = source.now();

    DashboardSource.Snapshot first = source.shared(now, UTC, ALL);

    assertThat(source.shared(now.plusMillis(100), UTC, ALL)).isSameAs(first);
    assertThat(source.shared(now.plusMillis(100), UTC, new Reach.Only(Set.of("shop"))))
        .isNotSameAs(first);
    assertThat(source.shared(now.plusSeconds(1), UTC, ALL)).isNotSameAs(first);
  }
}
