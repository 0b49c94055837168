package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobFilter;
import io.oasis.server.job.JobOrder;
import io.oasis.server.job.Jobs;
import io.oasis.server.job.LabelSelector;
import io.oasis.server.run.RunReports.Outcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a run that ends does to a list that is sorted by the last result. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class LastResultTest {
  @Inject TestApp app;
  @Inject Jobs list;
  @Inject FakeNodes nodes;

  private String node;

  @BeforeEach
  void prepare() {
    app.job("older", "schedule: none");
    app.job("newer", "schedule: none");
    node = app.name() + "-1";
    nodes.connect(node, app.id(), 4);
  }

  @Test
  @DisplayName(
      "a run that ends badly moves its job to the front, the newest first, and a success takes it"
          + " back")
  void moves() {
    assertThat(order()).containsExactly("newer", "older");

    end("older", Outcome.FAILED);
    becomes("older", "newer");

    end("newer", Outcome.FAILED);
    becomes("newer", "older");

    end("newer", Outcome.SUCCEEDED);
    becomes("older", "newer");

    end("older", Outcome.SUCCEEDED);
    becomes("newer", "older");
  }

  private void end(String job, Outcome outcome) {
    long id = app.trigger(job);
    Assignment assignment = nodes.next(node);
    assertThat(assignment.run().runId()).isEqualTo(id);
    nodes.accept(assignment);
    nodes.finish(assignment.run(), outcome, "");
  }

  /** The order is written apart from the ledger, about once a second. */
  private void becomes(String... names) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(order()).containsExactly(names));
  }

  private List<String> order() {
    JobFilter filter =
        new JobFilter(
            new Reach.Only(Set.of(app.name())),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            LabelSelector.ALL);
    return list.list(filter, JobOrder.RESULT, 10, Optional.empty()).orElseThrow().jobs().stream()
        .map(job -> job.key().name())
        .toList();
  }
}
