package io.oasis.bench.oasis;

import java.time.Instant;

/** Jobs that are applied once by REST and copied by SQL from then on. They are never due. */
final class Templates {
  /** One-time; the copy gets a whole second as its time, in its spec as in its row. */
  static final String ONCE = "template-once";

  /**
   * At a fixed rate of a day, counted from when it was made: the one kind of schedule that a user
   * can make due between two seconds. The copy gets another beginning, a day before it is due.
   */
  static final String DAILY = "template-daily";

  /** At a fixed rate of some seconds; applied disabled, or it would run among its copies. */
  static final String SOAKING = "template-soaking";

  private Templates() {}

  static String soaking(int rateSeconds) {
    return """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: %s}
        spec: {schedule: {fixedRate: %ds}, handler: noop, enabled: false}
        """
        .formatted(Cluster.APP, SOAKING, rateSeconds);
  }

  static String chattyJob(String name, Instant at, int lines) {
    return """
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: %s}
        spec: {schedule: {at: "%s"}, handler: chatty, params: {lines: "%d"}}
        """
        .formatted(Cluster.APP, name, at, lines);
  }

  static String manifest() {
    return """
        apiVersion: oasis/v1
        kind: App
        metadata: {name: %1$s}
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %1$s, name: %2$s}
        spec: {schedule: {at: "2199-01-01T00:00:00Z"}, handler: noop}
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %1$s, name: %3$s}
        spec: {schedule: {fixedRate: 24h}, handler: noop}
        """
        .formatted(Cluster.APP, ONCE, DAILY);
  }

  static String cronJob(String name, String cron) {
    return """
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: %s}
        spec: {schedule: {cron: "%s", timeZone: UTC}, handler: noop}
        """
        .formatted(Cluster.APP, name, cron);
  }
}
