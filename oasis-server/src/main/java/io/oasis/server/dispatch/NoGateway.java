package io.oasis.server.dispatch;

import io.oasis.server.run.RunHandle;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Stands in where no channel is built in: no node's stream ends here. */
@DefaultBean
@ApplicationScoped
public class NoGateway implements NodeGateway {
  @Override
  public boolean assign(String nodeId, Assignment assignment) {
    return false;
  }

  @Override
  public boolean cancel(String nodeId, RunHandle run, Duration grace, String reason) {
    return false;
  }
}
