package io.oasis.server.channel;

import io.oasis.executor.v1.Welcome;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.log.LogConfig;
import jakarta.enterprise.context.ApplicationScoped;

/** What every executor is told at first; the same for all of them. */
@ApplicationScoped
public class WelcomeCard {
  private final Welcome welcome;

  public WelcomeCard(ServerMembership membership, ChannelConfig config, LogConfig log) {
    welcome =
        Welcome.newBuilder()
            .setServerId(membership.serverId())
            .setHeartbeatInterval(ChannelMapping.duration(config.heartbeat()))
            .setLease(ChannelMapping.duration(config.lease()))
            .setLogBatchLines(log.batchLines())
            .setLogLineBytes(log.lineBytes())
            .setResultBytes(config.resultBytes())
            .setLogLinesPerRun(log.linesPerRun())
            .setReadsBundles(true)
            .build();
  }

  Welcome welcome() {
    return welcome;
  }
}
