package io.oasis.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.chaos.Outcome.Promise;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The tests of every chaos run, whatever its size. */
interface ChaosPromises {
  /** What the run came to. */
  Outcome outcome();

  @Test
  @DisplayName("FN1, FN2: every nominal time has exactly one disposition: no gap, no double")
  default void everyTimeHasOneDisposition() {
    assertThat(outcome().of(Promise.ONE_DISPOSITION)).isEmpty();
  }

  @Test
  @DisplayName("TM3: no run starts before its nominal time")
  default void noRunIsEarly() {
    assertThat(outcome().of(Promise.NOT_EARLY)).isEmpty();
  }

  @Test
  @DisplayName("FN3: an executor does a hand-over at most once")
  default void handOversAreDoneOnce() {
    assertThat(outcome().of(Promise.DONE_ONCE)).isEmpty();
  }

  @Test
  @DisplayName("no run is left without a final state")
  default void everyRunIsFinal() {
    assertThat(outcome().of(Promise.ALL_FINAL)).isEmpty();
  }

  @Test
  @DisplayName("BK1, BK3, BK4, BK5: by the database, never more runs at once than the job allows")
  default void runsDoNotOverlapInTheDatabase() {
    assertThat(outcome().of(Promise.NO_OVERLAP_IN_DATABASE)).isEmpty();
  }

  @Test
  @DisplayName("BK1, BK4, FN7: by the executors' own notes, never more at once than the job allows")
  default void runsDoNotOverlapOnTheExecutors() {
    assertThat(outcome().of(Promise.NO_OVERLAP_ON_EXECUTORS)).isEmpty();
  }

  @Test
  @DisplayName("what is shown as succeeded was done by an executor, under that very epoch")
  default void successIsWork() {
    assertThat(outcome().of(Promise.SUCCESS_IS_WORK)).isEmpty();
  }

  @Test
  @DisplayName("LG1: every line that was logged is there once and in order")
  default void logsAreWhole() {
    assertThat(outcome().of(Promise.LOGS_WHOLE)).isEmpty();
  }

  @Test
  @DisplayName("servers log no error and no stack trace, and nobody ends by itself")
  default void serversAreCalm() {
    assertThat(outcome().of(Promise.SERVERS_CALM)).isEmpty();
  }
}
