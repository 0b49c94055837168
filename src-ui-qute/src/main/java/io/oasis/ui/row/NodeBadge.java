package io.oasis.ui.row;

import java.util.Locale;

/** Whether a node takes work. */
public enum NodeBadge {
  ONLINE,
  DRAINING,
  OFFLINE;

  /** The word in class names and of the icon: {@code timed-out}. */
  public String css() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
