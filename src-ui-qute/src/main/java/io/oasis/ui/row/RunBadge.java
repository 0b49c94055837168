package io.oasis.ui.row;

import java.util.Locale;

/** The states of a run as the console shows them: an icon, a word and a colour each. */
public enum RunBadge {
  QUEUED,
  DISPATCHED,
  RUNNING,
  KILLING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  LOST,
  KILLED,
  CANCELLED,
  SKIPPED,
  COALESCED,
  MISSED;

  /** The word in class names and of the icon: {@code timed-out}. */
  public String css() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
