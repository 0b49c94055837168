package io.oasis.manifest.lint;

/** A kind of finding. The ids are a promise to those who filter by them. */
public enum Rule {
  MANIFEST("manifest", "The server refuses it"),
  EVERY_SECOND("cron-every-second", "A cron expression fires every second"),
  CLOCK_GAP("clock-gap", "The zone's clock jumps over a time of the schedule"),
  CLOCK_OVERLAP("clock-overlap", "The zone's clock shows a time of the schedule twice"),
  TIME_ZONE("time-zone-missing", "A time of day without a time zone"),
  NO_TIMEOUT("timeout-missing", "A script or an HTTP call without a limit"),
  LONG_TIMEOUT("timeout-exceeds-period", "A run may last until the next ones are due"),
  PAST("one-time-past", "A one-time schedule whose time is over"),
  NEVER("never-fires", "A schedule that is over"),
  NO_RECIPIENT("alarm-without-recipient", "An alarm that reaches nobody"),
  PLAIN_SECRET("plain-secret", "What looks like a secret stands in the manifest");

  private final String id;
  private final String title;

  Rule(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The stable id, for example {@code clock-gap}. */
  public String id() {
    return id;
  }

  /** What it is about, in a few words. */
  public String title() {
    return title;
  }
}
