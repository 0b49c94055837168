package io.oasis.server.channel;

import io.oasis.executor.v1.Accepted;
import io.oasis.executor.v1.Ack;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.LogBatch;
import io.oasis.executor.v1.Progress;
import io.oasis.executor.v1.Rejected;
import io.oasis.executor.v1.RunRef;
import io.oasis.executor.v1.ServerMessage;
import io.oasis.server.dispatch.WaitingRuns;
import io.oasis.server.log.LogAnswer;
import io.oasis.server.log.LogCollector;
import io.oasis.server.log.LogConfig;
import io.oasis.server.log.LogPiece;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunReports;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Hands what executors say to the features, and their answers back to the executors. Never blocks:
 * the answers come on the features' threads.
 */
@Singleton
public class Inbox {
  private static final ServerMessage HEARD =
      ServerMessage.newBuilder().setAck(Ack.getDefaultInstance()).build();
  private static final String NOT_YOURS = "it is not this node's any more";

  private final RunReports reports;
  private final LogCollector logs;
  private final WaitingRuns waiting;
  private final ChannelConfig config;
  private final LogConfig logConfig;
  private final InstantSource clock;
  private final ProgressReports progressReports;

  public Inbox(
      RunReports reports,
      LogCollector logs,
      WaitingRuns waiting,
      ChannelConfig config,
      LogConfig logConfig,
      InstantSource clock,
      ProgressReports progressReports) {
    this.reports = reports;
    this.logs = logs;
    this.waiting = waiting;
    this.config = config;
    this.logConfig = logConfig;
    this.clock = clock;
    this.progressReports = progressReports;
  }

  /** Handles one message. What this version does not know is ignored, as the contract says. */
  void received(Session session, ExecutorMessage message) {
    switch (message.getMessageCase()) {
      case HEARTBEAT -> {
        session.heard(message.getHeartbeat().getBusySlots());
        session.outbox().send(HEARD);
      }
      case ACCEPTED -> accepted(session, message.getAccepted());
      case REJECTED -> rejected(session, message.getRejected());
      case PROGRESS -> progress(message.getProgress());
      case LOG_BATCH -> log(session, message.getLogBatch());
      case FINISHED -> finished(session, message.getFinished());
      case HELLO, DRAINING, BUNDLE, MESSAGE_NOT_SET -> {
        // A second Hello says nothing new; Draining does not come here, and bundles come taken
        // apart.
      }
    }
  }

  private void accepted(Session session, Accepted accepted) {
    Optional<RunHandle> run = known(session, accepted.getRun());
    run.ifPresent(
        handle -> {
          session.began(handle);
          reports.accepted(
              handle,
              ChannelMapping.instant(accepted.getStartedAt(), clock.instant()),
              answer -> fencedOnly(session, handle, answer));
        });
  }

  private void rejected(Session session, Rejected rejected) {
    Optional<RunHandle> run = known(session, rejected.getRun());
    run.ifPresent(
        handle -> {
          session.done(handle);
          reports.rejected(
              handle,
              ChannelMapping.reason(rejected.getReason()),
              ChannelMapping.message(rejected.getMessage()),
              answer -> {
                waiting.over(session.node().nodeId(), handle);
                fencedOnly(session, handle, answer);
              });
        });
  }

  private void progress(Progress progress) {
    ChannelMapping.handle(progress.getRun())
        .ifPresent(
            run ->
                progressReports.offer(
                    run,
                    Math.clamp(progress.getPercent(), 0, 100),
                    ChannelMapping.progressText(progress.getMessage())));
  }

  private void finished(Session session, Finished finished) {
    Optional<RunHandle> run = known(session, finished.getRun());
    run.ifPresent(
        handle -> {
          reports.finished(
              handle,
              ChannelMapping.finish(finished, config.resultBytes(), clock.instant()),
              answer -> {
                session.done(handle);
                waiting.over(session.node().nodeId(), handle);
                switch (answer) {
                  case COMMITTED -> session.outbox().ackFinished(finished.getRun());
                  case FENCED -> fenced(session, finished.getRun());
                }
              });
          // The executor frees the slot before it says so: the next run need not wait for the
          // commit.
          waiting.done(session.node().nodeId(), session.node().appId(), handle);
        });
  }

  private void log(Session session, LogBatch batch) {
    if (batch.getLinesCount() == 0) {
      return;
    }
    known(session, batch.getRun())
        .ifPresent(
            run ->
                logs.offer(
                    new LogPiece(
                        run,
                        batch.getFirstSeq(),
                        ChannelMapping.entries(batch, logConfig.lineBytes(), clock.instant())),
                    answer -> {
                      switch (answer) {
                        case LogAnswer.Committed(long seq) ->
                            session.outbox().ackLog(batch.getRun(), seq);
                        case LogAnswer.Fenced() -> fenced(session, batch.getRun());
                      }
                    }));
  }

  private void fencedOnly(Session session, RunHandle run, RunReports.Answer answer) {
    switch (answer) {
      case COMMITTED -> {
        // The contract has no acknowledgement for these.
      }
      case FENCED -> {
        session.done(run);
        waiting.over(session.node().nodeId(), run);
        fenced(session, ChannelMapping.ref(run));
      }
    }
  }

  /** A reference that no server gave cannot be anybody's run. */
  private static Optional<RunHandle> known(Session session, RunRef ref) {
    Optional<RunHandle> run = ChannelMapping.handle(ref);
    if (run.isEmpty()) {
      fenced(session, ref);
    }
    return run;
  }

  private static void fenced(Session session, RunRef ref) {
    session.outbox().send(ChannelMapping.fenced(ref, NOT_YOURS));
  }
}
