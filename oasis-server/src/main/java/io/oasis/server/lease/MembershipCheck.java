package io.oasis.server.lease;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: the database has answered lately (else the lease could not be renewed), and this
 * machine's clock is near the database's (TM2).
 */
@Readiness
@ApplicationScoped
public class MembershipCheck implements HealthCheck {
  private final ServerMembership membership;
  private final LeaseConfig config;

  public MembershipCheck(ServerMembership membership, LeaseConfig config) {
    this.membership = membership;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    boolean clockOk = membership.clockSkew().abs().compareTo(config.clockSkewLimit()) <= 0;
    return HealthCheckResponse.named("membership")
        .status(membership.trusted() && clockOk)
        .withData("server", membership.serverId())
        .withData("leaseRenewed", membership.trusted())
        .withData("clockSkewMs", membership.clockSkew().toMillis())
        .build();
  }
}
