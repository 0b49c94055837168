package io.oasis.ui.row;

/** The kinds of trouble that a job can have. */
public enum AlarmKind {
  FAILURE,
  TIMEOUT,
  LOST,
  MISSED
}
