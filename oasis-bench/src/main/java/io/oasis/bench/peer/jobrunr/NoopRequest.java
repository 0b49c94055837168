package io.oasis.bench.peer.jobrunr;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jobrunr.jobs.lambdas.JobRequest;

/** A job that does nothing; it is stored as JSON. */
public final class NoopRequest implements JobRequest {
  @JsonProperty private final long dueMicros;

  /** Due at a time in microseconds since 1970. */
  @JsonCreator
  public NoopRequest(@JsonProperty("dueMicros") long dueMicros) {
    this.dueMicros = dueMicros;
  }

  long dueMicros() {
    return dueMicros;
  }

  @Override
  public Class<NoopHandler> getJobRequestHandler() {
    return NoopHandler.class;
  }
}
