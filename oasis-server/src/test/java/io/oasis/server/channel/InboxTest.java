package io.oasis.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.v1.Accepted;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.Heartbeat;
import io.oasis.executor.v1.Outcome;
import io.oasis.executor.v1.Progress;
import io.oasis.executor.v1.RejectReason;
import io.oasis.executor.v1.Rejected;
import io.oasis.executor.v1.RunRef;
import io.oasis.executor.v1.ServerMessage.MessageCase;
import io.oasis.server.app.NodeSession;
import io.oasis.server.dispatch.WaitingRuns;
import io.oasis.server.log.LogCollector;
import io.oasis.server.log.LogConfig;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunReports;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final RunHandle RUN = new RunHandle(42, NOW, 1, 7, 0);
  private static final RunRef REF = ChannelMapping.ref(RUN);

  private final FakeReports reports = new FakeReports();
  private final List<Long> available = new ArrayList<>();
  private final List<RunHandle> over = new ArrayList<>();
  private final FakeCall call = new FakeCall();
  private final Session session =
      new Session(
          new NodeSession("n-1", 5, 1), 9, new Outbox(call, Runnable::run), List.of(RUN), false);
  private final ProgressReports progress = new ProgressReports(reports);
  private final Inbox inbox = inbox();

  @Test
  @DisplayName("a heartbeat is answered at once by an empty Ack, whatever the database does")
  void heartbeat() {
    say(ExecutorMessage.newBuilder().setHeartbeat(Heartbeat.newBuilder().setBusySlots(3)));

    assertThat(call.sent).singleElement().satisfies(m -> assertThat(m.hasAck()).isTrue());
    assertThat(call.sent.get(0).getAck().getSerializedSize()).isZero();
    assertThat(session.busySlots()).isEqualTo(3);
  }

  @Test
  @DisplayName("Finished makes the node free for more, and is acknowledged only after its commit")
  void finished() {
    say(finished(Outcome.OUTCOME_SUCCEEDED));
    assertThat(call.sent).isEmpty();
    assertThat(available).containsExactly(5L);
    assertThat(over).isEmpty();

    reports.answer(RunReports.Answer.COMMITTED);

    assertThat(call.sent.get(0).getAck().getFinishedList()).containsExactly(REF);
    assertThat(over).containsExactly(RUN);
    assertThat(session.nodeHasEnded(true)).as("nothing is under way").isTrue();
  }

  @Test
  @DisplayName("a slot is free as soon as its node is done, whatever became of the run meanwhile")
  void slotIsFree() {
    say(ExecutorMessage.newBuilder().setAccepted(Accepted.newBuilder().setRun(REF)));
    reports.answer(RunReports.Answer.FENCED);
    say(ExecutorMessage.newBuilder().setRejected(Rejected.newBuilder().setRun(REF)));
    reports.answer(RunReports.Answer.COMMITTED);
    say(finished(Outcome.OUTCOME_SUCCEEDED));
    reports.answer(RunReports.Answer.COMMITTED);

    assertThat(over).containsExactly(RUN, RUN, RUN);
  }

  @Test
  @DisplayName("FN4 what is fenced is answered by Fenced")
  void fenced() {
    say(ExecutorMessage.newBuilder().setAccepted(Accepted.newBuilder().setRun(REF)));
    reports.answer(RunReports.Answer.FENCED);
    say(finished(Outcome.OUTCOME_SUCCEEDED));
    reports.answer(RunReports.Answer.FENCED);

    assertThat(call.sent)
        .hasSize(2)
        .allSatisfy(
            m -> {
              assertThat(m.getMessageCase()).isEqualTo(MessageCase.FENCED);
              assertThat(m.getFenced().getRun()).isEqualTo(REF);
            });
  }

  @Test
  @DisplayName("a refusal is reported with its reason and leaves nothing under way")
  void rejected() {
    say(
        ExecutorMessage.newBuilder()
            .setRejected(
                Rejected.newBuilder()
                    .setRun(REF)
                    .setReason(RejectReason.REJECT_REASON_NO_HANDLER)
                    .setMessage("no handler settle")));

    assertThat(reports.said).containsExactly("rejected NO_HANDLER no handler settle");
    assertThat(session.nodeHasEnded(true)).isTrue();
  }

  @Test
  @DisplayName("of progress only the newest word of a run is handed on")
  void progress() {
    say(progress(10));
    say(progress(150));
    assertThat(reports.said).isEmpty();

    progress.runOnce();
    progress.runOnce();

    assertThat(reports.said).containsExactly("progress 100 half");
  }

  @Test
  @DisplayName("a reference that no server gave is fenced and reaches nobody")
  void nonsense() {
    say(
        ExecutorMessage.newBuilder()
            .setAccepted(Accepted.newBuilder().setRun(RunRef.getDefaultInstance())));

    assertThat(call.sent.get(0).getMessageCase()).isEqualTo(MessageCase.FENCED);
    assertThat(reports.said).isEmpty();
  }

  @Test
  @DisplayName("a message of a later version is ignored")
  void unknown() {
    say(ExecutorMessage.newBuilder());

    assertThat(call.sent).isEmpty();
    assertThat(call.end).isNull();
  }

  private void say(ExecutorMessage.Builder message) {
    inbox.received(session, message.build());
  }

  private static ExecutorMessage.Builder finished(Outcome outcome) {
    return ExecutorMessage.newBuilder()
        .setFinished(Finished.newBuilder().setRun(REF).setOutcome(outcome));
  }

  private static ExecutorMessage.Builder progress(int percent) {
    return ExecutorMessage.newBuilder()
        .setProgress(Progress.newBuilder().setRun(REF).setPercent(percent).setMessage("half"));
  }

  private Inbox inbox() {
    var settings =
        new SmallRyeConfigBuilder()
            .withMapping(ChannelConfig.class)
            .withMapping(LogConfig.class)
            .build();
    LogConfig logConfig = settings.getConfigMapping(LogConfig.class);
    return new Inbox(
        reports,
        new LogCollector(null, null, logConfig),
        new Room(),
        settings.getConfigMapping(ChannelConfig.class),
        logConfig,
        InstantSource.fixed(NOW),
        progress);
  }

  /** Notes who makes room. */
  private final class Room implements WaitingRuns {
    @Override
    public void nodeAvailable(long appId) {
      available.add(appId);
    }

    @Override
    public void nodeOpened(long appId) {
      available.add(appId);
    }

    @Override
    public void nodeConnected(String nodeId, Collection<RunHandle> kept) {}

    @Override
    public void done(String nodeId, long appId, RunHandle run) {
      available.add(appId);
    }

    @Override
    public void over(String nodeId, RunHandle run) {
      over.add(run);
    }
  }

  /** Notes what is reported, and answers when the test says so. */
  private static final class FakeReports implements RunReports {
    final List<String> said = new ArrayList<>();
    private Consumer<Answer> last;

    void answer(Answer answer) {
      last.accept(answer);
    }

    @Override
    public void accepted(RunHandle run, Instant startedAt, Consumer<Answer> answer) {
      said.add("accepted");
      last = answer;
    }

    @Override
    public void rejected(
        RunHandle run, ReasonCode reason, String message, Consumer<Answer> answer) {
      said.add("rejected " + reason + " " + message);
      last = answer;
    }

    @Override
    public void unsent(RunHandle run, String server, Consumer<Answer> answer) {
      said.add("unsent by " + server);
      last = answer;
    }

    @Override
    public void finished(RunHandle run, Finish finish, Consumer<Answer> answer) {
      said.add("finished " + finish.outcome());
      last = answer;
    }

    @Override
    public void progress(RunHandle run, int percent, String text) {
      said.add("progress " + percent + " " + text);
    }

    @Override
    public List<RunHandle> reconcile(String nodeId, List<RunHandle> inFlight) {
      return List.of();
    }
  }
}
