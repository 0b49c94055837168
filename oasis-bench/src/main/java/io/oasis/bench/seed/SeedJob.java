package io.oasis.bench.seed;

/**
 * A job with a history.
 *
 * @param number from 1
 * @param app name of its app
 * @param name in its app
 * @param period seconds between two runs: a minute, five, a quarter of an hour, an hour or a day
 * @param offset of its times from those of the period, in seconds, less than the period
 * @param flaky fails ten times as often as others
 * @param millis that a run takes, about
 */
record SeedJob(
    int number, String app, String name, int period, int offset, boolean flaky, int millis) {
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int DAY = 24 * HOUR;

  /** The Quartz expression, in UTC, of the times n · period + offset. */
  String cron() {
    int second = offset % MINUTE;
    int minute = offset / MINUTE % 60;
    int hour = offset / HOUR;
    if (period == DAY) {
      return "%d %d %d * * ?".formatted(second, minute, hour);
    }
    if (period == HOUR) {
      return "%d %d * * * ?".formatted(second, minute);
    }
    return period == MINUTE
        ? "%d * * * * ?".formatted(second)
        : "%d %d/%d * * * ?".formatted(second, minute, period / MINUTE);
  }

  /** Its manifest, one YAML document. */
  String manifest(boolean enabled) {
    return """
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: %s, labels: {team: team-%d}}
        spec:
          title: %s
          schedule: {cron: "%s", timeZone: UTC}
          handler: handler-%d
          params: {region: r%d}
          blocking: discard
          retry: {max: 1, backoff: 1s}
          timeout: 10m
          alarm: {on: [failure, timeout, lost], mail: [owner]}
          enabled: %s
        """
        .formatted(app, name, number % 12, title(), cron(), number % 40, number % 5, enabled);
  }

  private String title() {
    return number % 3 == 0 ? "定时任务 " + number : name.replace('-', ' ');
  }
}
