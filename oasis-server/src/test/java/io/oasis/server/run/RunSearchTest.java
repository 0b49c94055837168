package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunSearchTest {
  private static final List<Long> ONE = List.of(7L);
  private static final List<Long> SOME = List.of(7L, 8L);

  @Test
  @DisplayName("without a filter the primary keys are walked")
  void all() {
    assertThat(RunSearch.of(RunFilter.ALL, List.of()).streams())
        .containsExactly(RunSearch.Stream.ALL);
  }

  @Test
  @DisplayName("states that few runs are in have indexes of their own, also with a job")
  void rareStates() {
    RunFilter failed = RunFilter.ALL.withStates(Set.of(RunState.FAILED));
    RunFilter mixed = RunFilter.ALL.withStates(Set.of(RunState.FAILED, RunState.RUNNING));

    assertThat(RunSearch.of(failed, ONE).streams())
        .containsExactly(RunSearch.Stream.ENDED_OTHERWISE);
    assertThat(RunSearch.of(mixed, List.of()).streams())
        .containsExactlyInAnyOrder(RunSearch.Stream.ACTIVE, RunSearch.Stream.ENDED_OTHERWISE);
  }

  @Test
  @DisplayName("runs that succeeded are searched among all")
  void succeeded() {
    RunFilter filter = RunFilter.ALL.withStates(Set.of(RunState.FAILED, RunState.SUCCEEDED));

    assertThat(RunSearch.of(filter, List.of()).streams()).containsExactly(RunSearch.Stream.ALL);
  }

  @Test
  @DisplayName("the runs of a few jobs come from the index of the jobs; of one job with any filter")
  void jobs() {
    RunFilter succeeded = RunFilter.ALL.withStates(Set.of(RunState.SUCCEEDED));

    assertThat(RunSearch.of(RunFilter.ALL, SOME).byJobs()).isTrue();
    assertThat(RunSearch.of(succeeded, ONE).byJobs()).isTrue();
    assertThat(RunSearch.of(succeeded, SOME).byJobs()).isFalse();
  }

  @Test
  @DisplayName("every state is in exactly one of the streams, or succeeded")
  void statesAreComplete() {
    for (RunState state : RunState.values()) {
      boolean active = RunSearch.ACTIVE.contains(state);
      boolean otherwise = RunSearch.ENDED_OTHERWISE.contains(state);

      assertThat(active).isEqualTo(!state.isFinal());
      assertThat(otherwise).isEqualTo(state.isFinal() && state != RunState.SUCCEEDED);
    }
  }

  @Test
  @DisplayName("a place is read as it was written, and nothing else is a place")
  void places() {
    RunPlace place = new RunPlace(48213, Instant.parse("2026-11-22T02:30:00.123456Z"));

    assertThat(RunPlace.parse(place.cursor())).contains(place);
    assertThat(List.of("", "x", "12", "-5", "12-", "12-x", "x-12", "1-2-3"))
        .allSatisfy(text -> assertThat(RunPlace.parse(text)).isEqualTo(Optional.empty()));
  }
}
