package io.oasis.ui.row;

/** The kinds of schedule. */
public enum ScheduleWord {
  CRON,
  FIXED_RATE,
  FIXED_DELAY,
  AT,
  NONE
}
