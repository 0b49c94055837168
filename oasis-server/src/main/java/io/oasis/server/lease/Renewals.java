package io.oasis.server.lease;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a holder may believe about its lease, in monotonic time. Written by one thread, read by any.
 */
final class Renewals {
  private final Duration lease;
  private final Duration margin;
  private final LongSupplier nanos;
  private volatile Row row;

  /** A row of renewals, and when the first and the last of them were asked for. */
  private record Row(boolean broken, long first, long last) {}

  /**
   * No renewal yet.
   *
   * @param lease how long one renewal lasts
   * @param margin how much earlier than its end the holder stops to believe in it
   * @param nanos monotonic time
   */
  Renewals(Duration lease, Duration margin, LongSupplier nanos) {
    this.lease = lease;
    this.margin = margin;
    this.nanos = nanos;
  }

  /** Monotonic time to hand to {@link #renewed} later: taken before the database is asked. */
  long asking() {
    return nanos.getAsLong();
  }

  /** The database has renewed what was asked for at that time. */
  void renewed(long askedAt) {
    Row before = row;
    // A gap longer than the lease (a suspended process) breaks the row like a failure does.
    boolean goesOn =
        before != null && !before.broken() && askedAt - before.last() < lease.toNanos();
    row = new Row(false, goesOn ? before.first() : askedAt, askedAt);
  }

  /** The database did not answer, or did not know the lease. */
  void failed() {
    Row before = row;
    if (before != null) {
      // The last renewal still counts until its end; the row of them starts anew.
      row = new Row(true, before.first(), before.last());
    }
  }

  /** True while the last renewal certainly lasts. */
  boolean trusted() {
    Row r = row;
    return r != null && nanos.getAsLong() - r.last() < lease.minus(margin).toNanos();
  }

  /** How long the renewals go on without a failure; zero when the last one has ended. */
  Duration unbrokenFor() {
    Row r = row;
    if (r == null || r.broken() || !trusted()) {
      return Duration.ZERO;
    }
    return Duration.ofNanos(nanos.getAsLong() - r.first());
  }
}
