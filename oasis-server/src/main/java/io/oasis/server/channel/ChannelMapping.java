package io.oasis.server.channel;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.oasis.executor.v1.Assign;
import io.oasis.executor.v1.Cancel;
import io.oasis.executor.v1.Fenced;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.HandBackReason;
import io.oasis.executor.v1.Hello;
import io.oasis.executor.v1.LogBatch;
import io.oasis.executor.v1.LogLine;
import io.oasis.executor.v1.LogStream;
import io.oasis.executor.v1.RejectReason;
import io.oasis.executor.v1.RunRef;
import io.oasis.executor.v1.ServerMessage;
import io.oasis.manifest.SecretRef;
import io.oasis.server.app.NodeAnnouncement;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.log.LogEntry;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunReports;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Between proto messages and the features' records. What comes from an executor is made harmless
 * here: text that PostgreSQL refuses is cleaned, what is too long is cut, impossible times are
 * replaced, so that one executor's mistake cannot fail the commit that it shares with others.
 */
final class ChannelMapping {
  private static final long MICROS = TimeUnit.SECONDS.toMicros(1);
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final int MESSAGE_CHARACTERS = 2_000;
  private static final int PROGRESS_CHARACTERS = 500;

  private ChannelMapping() {}

  /** The reference as it goes over the wire. */
  static RunRef ref(RunHandle run) {
    return RunRef.newBuilder()
        .setRunId(run.runId())
        .setPartitionKey(micros(run.nominalAt()))
        .setAttempt(run.attempt())
        .setEpoch(run.epoch())
        .setMember(run.member())
        .build();
  }

  /** Empty when no server can have given such a reference. */
  static Optional<RunHandle> handle(RunRef ref) {
    Instant nominalAt = fromMicros(ref.getPartitionKey());
    if (outOfRange(nominalAt)
        || ref.getRunId() < 1
        || ref.getAttempt() < 1
        || ref.getMember() < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RunHandle(
            ref.getRunId(), nominalAt, ref.getAttempt(), ref.getEpoch(), ref.getMember()));
  }

  /** The runs of a Hello; references that no server gave are left out. */
  static List<RunHandle> inFlight(Hello hello) {
    return hello.getInFlightList().stream()
        .map(ChannelMapping::handle)
        .flatMap(Optional::stream)
        .toList();
  }

  static NodeAnnouncement announcement(Hello hello, long appId) {
    return new NodeAnnouncement(
        hello.getNodeId(),
        appId,
        hello.getAddress(),
        hello.getSdkVersion(),
        hello.getAppVersion(),
        new NodeAnnouncement.Traits(
            hello.getLabelsMap(),
            hello.getHandlersList().stream().distinct().toList(),
            hello.getSlots()),
        hello.getDraining());
  }

  static ServerMessage assign(Assignment assignment) {
    Assign.Builder assign =
        Assign.newBuilder()
            .setRun(ref(assignment.run()))
            .setJob(assignment.job().toString())
            .setHandler(assignment.handler())
            .setNominalAt(timestamp(assignment.run().nominalAt()))
            .setMemberCount(assignment.memberCount())
            .setTrigger(assignment.trigger().name())
            .setStopWhenPartitioned(assignment.stopWhenPartitioned())
            .setRevision(assignment.revision());
    assignment
        .params()
        .forEach(
            (param, value) ->
                SecretRef.nameIn(value)
                    .ifPresentOrElse(
                        secret -> assign.putSecretParams(param, secret),
                        () -> assign.putParams(param, value)));
    assignment.timeout().ifPresent(timeout -> assign.setTimeout(duration(timeout)));
    return ServerMessage.newBuilder().setAssign(assign).build();
  }

  static ServerMessage cancel(RunHandle run, java.time.Duration grace, String reason) {
    return ServerMessage.newBuilder()
        .setCancel(Cancel.newBuilder().setRun(ref(run)).setGrace(duration(grace)).setReason(reason))
        .build();
  }

  static ServerMessage fenced(RunRef run, String reason) {
    return ServerMessage.newBuilder()
        .setFenced(Fenced.newBuilder().setRun(run).setReason(reason))
        .build();
  }

  /**
   * The end of a run.
   *
   * @param now takes the place of a time that is missing or impossible
   */
  static RunReports.Finish finish(Finished finished, int resultBytes, Instant now) {
    String result = clean(finished.getResult());
    return new RunReports.Finish(
        outcome(finished),
        cutCharacters(clean(finished.getMessage()), MESSAGE_CHARACTERS),
        result.isEmpty() ? Optional.empty() : Optional.of(cutBytes(result, resultBytes)),
        finished.getRetryable(),
        instant(finished.getStartedAt(), now),
        instant(finished.getFinishedAt(), now),
        Math.max(0, finished.getLastLogSeq()));
  }

  static String message(String text) {
    return cutCharacters(clean(text), MESSAGE_CHARACTERS);
  }

  static String progressText(String text) {
    return cutCharacters(clean(text), PROGRESS_CHARACTERS);
  }

  static ReasonCode reason(RejectReason reason) {
    return switch (reason) {
      case REJECT_REASON_NO_SLOT -> ReasonCode.NO_FREE_SLOT;
      case REJECT_REASON_NO_HANDLER -> ReasonCode.NO_HANDLER;
      case REJECT_REASON_DRAINING -> ReasonCode.DRAINED;
      case REJECT_REASON_UNSPECIFIED, UNRECOGNIZED -> ReasonCode.NO_ACCEPT;
    };
  }

  static List<LogEntry> entries(LogBatch batch, int lineBytes, Instant now) {
    List<LogEntry> entries = new ArrayList<>(batch.getLinesCount());
    for (LogLine line : batch.getLinesList()) {
      entries.add(
          new LogEntry(
              instant(line.getAt(), now),
              stream(line.getStream()),
              cutBytes(clean(line.getText()), lineBytes)));
    }
    return entries;
  }

  static Instant instant(Timestamp timestamp, Instant now) {
    long seconds = timestamp.getSeconds();
    if (seconds < EARLIEST.getEpochSecond() || seconds >= LATEST.getEpochSecond()) {
      return now;
    }
    return Instant.ofEpochSecond(seconds, Math.floorMod(timestamp.getNanos(), 1_000_000_000));
  }

  static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * MICROS + instant.getNano() / 1_000;
  }

  private static Instant fromMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
  }

  private static boolean outOfRange(Instant instant) {
    return instant.isBefore(EARLIEST) || !instant.isBefore(LATEST);
  }

  private static RunReports.Outcome outcome(Finished finished) {
    return switch (finished.getOutcome()) {
      case OUTCOME_SUCCEEDED -> RunReports.Outcome.SUCCEEDED;
      case OUTCOME_CANCELLED -> RunReports.Outcome.CANCELLED;
      case OUTCOME_HANDED_BACK ->
          finished.getHandBackReason() == HandBackReason.HAND_BACK_REASON_PARTITIONED
              ? RunReports.Outcome.PARTITIONED
              : RunReports.Outcome.HANDED_BACK;
      case OUTCOME_FAILED, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> RunReports.Outcome.FAILED;
    };
  }

  private static io.oasis.server.log.LogLine.Stream stream(LogStream stream) {
    return switch (stream) {
      case LOG_STREAM_STDOUT -> io.oasis.server.log.LogLine.Stream.STDOUT;
      case LOG_STREAM_STDERR -> io.oasis.server.log.LogLine.Stream.STDERR;
      case LOG_STREAM_SYSTEM -> io.oasis.server.log.LogLine.Stream.SYSTEM;
      case LOG_STREAM_HANDLER, LOG_STREAM_UNSPECIFIED, UNRECOGNIZED ->
          io.oasis.server.log.LogLine.Stream.HANDLER;
    };
  }

  /** PostgreSQL has no text with a NUL in it. */
  private static String clean(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  private static String cutCharacters(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    // Never between the halves of a surrogate pair: half a character is no valid UTF-8.
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end);
  }

  private static String cutBytes(String text, int limit) {
    // A char is at most three bytes, so that most texts need no count.
    if (text.length() <= limit / 3) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= limit) {
      return text;
    }
    int end = limit;
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
