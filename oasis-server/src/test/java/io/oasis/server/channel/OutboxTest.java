package io.oasis.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.oasis.executor.v1.Assign;
import io.oasis.executor.v1.Drain;
import io.oasis.executor.v1.RunRef;
import io.oasis.executor.v1.ServerMessage;
import io.oasis.executor.v1.ServerMessage.MessageCase;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final FakeCall call = new FakeCall();
  private final Queue<Runnable> streamThread = new ArrayDeque<>();
  private final Outbox outbox = new Outbox(call, streamThread::add);

  @Test
  @DisplayName("messages go out in order, on the stream's own thread")
  void inOrder() {
    IntStream.range(0, 5).forEach(i -> outbox.send(message("m" + i)));
    assertThat(call.sent).as("the caller's thread touches nothing").isEmpty();

    turn();

    assertThat(call.sent)
        .extracting(m -> m.getDrain().getReason())
        .containsExactly("m0", "m1", "m2", "m3", "m4");
  }

  @Test
  @DisplayName("while the executor does not read, messages wait; nothing is lost")
  void flowControl() {
    call.ready = false;
    outbox.send(message("waits"));
    turn();
    assertThat(call.sent).isEmpty();

    call.ready = true;
    outbox.ready();
    turn();

    assertThat(call.sent).hasSize(1);
  }

  @Test
  @DisplayName(
      "acknowledgements that are ready together are one message; of a log the highest counts")
  void coalesced() {
    RunRef one = RunRef.newBuilder().setRunId(1).build();
    RunRef two = RunRef.newBuilder().setRunId(2).build();
    outbox.ackFinished(one);
    outbox.ackLog(two, 20);
    outbox.ackFinished(two);
    outbox.ackLog(two, 10);

    turn();

    assertThat(call.sent).hasSize(1);
    assertThat(call.sent.get(0).getAck().getFinishedList()).containsExactly(one, two);
    assertThat(call.sent.get(0).getAck().getLogsList())
        .singleElement()
        .satisfies(ack -> assertThat(ack.getSeq()).isEqualTo(20));
  }

  @Test
  @DisplayName(
      "messages about runs that wait together are one bundle, in order, once it is asked for")
  void bundled() {
    outbox.bundle();
    outbox.send(message("welcome"));
    outbox.send(assign(1));
    outbox.send(assign(2));
    outbox.ackFinished(RunRef.newBuilder().setRunId(9).build());
    outbox.send(message("drain"));
    outbox.send(assign(3));

    turn();

    assertThat(call.sent)
        .extracting(ServerMessage::getMessageCase)
        .containsExactly(
            MessageCase.ACK,
            MessageCase.DRAIN,
            MessageCase.BUNDLE,
            MessageCase.DRAIN,
            MessageCase.ASSIGN);
    assertThat(call.sent.get(2).getBundle().getMessagesList())
        .containsExactly(assign(1), assign(2));
  }

  @Test
  @DisplayName("a bundle is full at some size, so that none comes near the limit of a message")
  void fullBundle() {
    outbox.bundle();
    IntStream.range(0, 10_000).forEach(i -> outbox.send(assign(i)));

    turn();

    assertThat(call.sent).hasSizeGreaterThan(1).allMatch(m -> m.getSerializedSize() < 64 * 1024);
    assertThat(call.sent.stream().mapToInt(m -> m.getBundle().getMessagesCount()).sum())
        .isEqualTo(10_000);
  }

  @Test
  @DisplayName("the end comes after what was sent before it, and only the first end counts")
  void end() {
    outbox.send(message("last"));
    outbox.end(Status.UNAVAILABLE);
    outbox.end(Status.ABORTED);
    outbox.send(message("too late"));

    turn();

    assertThat(call.sent).hasSize(1);
    assertThat(call.end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  @DisplayName("an executor that reads nothing of very much loses its stream")
  void tooSlow() {
    call.ready = false;
    IntStream.rangeClosed(0, 50_000).forEach(i -> outbox.send(message("m")));

    turn();

    assertThat(outbox.isEnding()).isTrue();
    assertThat(call.end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private void turn() {
    Runnable work;
    while ((work = streamThread.poll()) != null) {
      work.run();
    }
  }

  private static ServerMessage assign(long run) {
    return ServerMessage.newBuilder()
        .setAssign(Assign.newBuilder().setRun(RunRef.newBuilder().setRunId(run)).setJob("app/job"))
        .build();
  }

  private static ServerMessage message(String text) {
    return ServerMessage.newBuilder().setDrain(Drain.newBuilder().setReason(text)).build();
  }
}
