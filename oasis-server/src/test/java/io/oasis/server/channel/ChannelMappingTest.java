package io.oasis.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.oasis.executor.v1.Assign;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.LogBatch;
import io.oasis.executor.v1.LogLine;
import io.oasis.executor.v1.LogStream;
import io.oasis.executor.v1.Outcome;
import io.oasis.executor.v1.RejectReason;
import io.oasis.executor.v1.RunRef;
import io.oasis.manifest.JobKey;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunReports;
import io.oasis.server.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelMappingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final RunHandle RUN =
      new RunHandle(42, Instant.parse("2026-11-22T02:30:00.123456Z"), 2, 7, 3);

  @Test
  @DisplayName("a reference comes back as it was given, to the microsecond")
  void roundTrip() {
    RunRef ref = ChannelMapping.ref(RUN);

    assertThat(ref.getPartitionKey()).isEqualTo(1_795_314_600_123_456L);
    assertThat(ChannelMapping.handle(ref)).contains(RUN);
  }

  @Test
  @DisplayName("a reference that no server can have given is none")
  void impossible() {
    RunRef good = ChannelMapping.ref(RUN);

    assertThat(ChannelMapping.handle(RunRef.getDefaultInstance())).isEmpty();
    assertThat(ChannelMapping.handle(good.toBuilder().setPartitionKey(Long.MAX_VALUE).build()))
        .isEmpty();
    assertThat(ChannelMapping.handle(good.toBuilder().setPartitionKey(Long.MIN_VALUE).build()))
        .isEmpty();
    assertThat(ChannelMapping.handle(good.toBuilder().setAttempt(0).build())).isEmpty();
    assertThat(ChannelMapping.handle(good.toBuilder().setMember(-1).build())).isEmpty();
  }

  @Test
  @DisplayName("an assignment carries everything that the contract names")
  void assign() {
    Assign assign =
        ChannelMapping.assign(
                new Assignment(
                    RUN,
                    new JobKey("billing", "settle"),
                    "settle",
                    Map.of("region", "cn-east"),
                    Optional.of(Duration.ofMinutes(10)),
                    5,
                    Trigger.SCHEDULE,
                    true,
                    9))
            .getAssign();

    assertThat(assign.getJob()).isEqualTo("billing/settle");
    assertThat(assign.getParamsMap()).containsEntry("region", "cn-east");
    assertThat(assign.getTimeout().getSeconds()).isEqualTo(600);
    assertThat(assign.getNominalAt().getNanos()).isEqualTo(123_456_000);
    assertThat(assign.getMemberCount()).isEqualTo(5);
    assertThat(assign.getTrigger()).isEqualTo("SCHEDULE");
    assertThat(assign.getStopWhenPartitioned()).isTrue();
    assertThat(assign.getRevision()).isEqualTo(9);
  }

  @Test
  @DisplayName("without a timeout the assignment has none")
  void noTimeout() {
    Assignment assignment =
        new Assignment(
            RUN, new JobKey("a", "b"), "h", Map.of(), Optional.empty(), 0, Trigger.API, false, 1);

    assertThat(ChannelMapping.assign(assignment).getAssign().hasTimeout()).isFalse();
  }

  @Test
  @DisplayName(
      "LG5 the end of a run is cut to its limits and cleaned, never between half characters")
  void finishIsMadeHarmless() {
    Finished finished =
        Finished.newBuilder()
            .setOutcome(Outcome.OUTCOME_FAILED)
            .setMessage("a\0" + "😀".repeat(2_000))
            .setResult("清".repeat(1_000))
            .setStartedAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
            .setFinishedAt(Timestamp.newBuilder().setSeconds(NOW.getEpochSecond() - 5))
            .setLastLogSeq(-3)
            .build();

    RunReports.Finish finish = ChannelMapping.finish(finished, 1_000, NOW);

    assertThat(finish.message()).startsWith("a\uFFFD").hasSizeLessThanOrEqualTo(2_000);
    assertThat(finish.message()).endsWith("😀");
    assertThat(finish.result()).contains("清".repeat(333));
    assertThat(finish.startedAt()).isEqualTo(NOW);
    assertThat(finish.finishedAt()).isEqualTo(NOW.minusSeconds(5));
    assertThat(finish.lastLogSeq()).isZero();
  }

  @Test
  @DisplayName("an empty result is no result")
  void noResult() {
    assertThat(ChannelMapping.finish(Finished.getDefaultInstance(), 10, NOW).result()).isEmpty();
  }

  @Test
  @DisplayName("log lines are cut to the limit in bytes; a time that makes no sense becomes now")
  void logLines() {
    LogBatch batch =
        LogBatch.newBuilder()
            .addLines(
                LogLine.newBuilder()
                    .setStream(LogStream.LOG_STREAM_STDERR)
                    .setText("x".repeat(99) + "清"))
            .build();

    assertThat(ChannelMapping.entries(batch, 100, NOW))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.text()).isEqualTo("x".repeat(99));
              assertThat(entry.at()).isEqualTo(NOW);
              assertThat(entry.stream()).isEqualTo(io.oasis.server.log.LogLine.Stream.STDERR);
            });
  }

  @ParameterizedTest
  @EnumSource(RejectReason.class)
  @DisplayName("every reason of a refusal has a code, one from the future too")
  void reasons(RejectReason reason) {
    assertThat(ChannelMapping.reason(reason))
        .isIn(
            ReasonCode.NO_FREE_SLOT,
            ReasonCode.NO_HANDLER,
            ReasonCode.DRAINED,
            ReasonCode.NO_ACCEPT);
  }

  @Test
  @DisplayName("an outcome that this server does not know is a failure")
  void unknownOutcome() {
    Finished finished = Finished.newBuilder().setOutcomeValue(99).build();

    assertThat(ChannelMapping.finish(finished, 10, NOW).outcome())
        .isEqualTo(RunReports.Outcome.FAILED);
  }
}
