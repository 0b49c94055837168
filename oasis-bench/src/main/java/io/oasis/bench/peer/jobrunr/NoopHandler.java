package io.oasis.bench.peer.jobrunr;

import io.oasis.bench.peer.Calls;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/** Notes the call and nothing else. */
public final class NoopHandler implements JobRequestHandler<NoopRequest> {
  private final Calls calls;

  NoopHandler(Calls calls) {
    this.calls = calls;
  }

  @Override
  public void run(NoopRequest request) {
    calls.note(0, request.dueMicros());
  }
}
