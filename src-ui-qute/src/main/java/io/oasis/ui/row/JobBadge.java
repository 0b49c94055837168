package io.oasis.ui.row;

import java.util.Locale;

/** Whether a job fires: it does, it is switched off, or its schedule has no further time. */
public enum JobBadge {
  ON,
  OFF,
  DONE;

  /** The word in class names and of the icon: {@code timed-out}. */
  public String css() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
