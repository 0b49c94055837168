package io.oasis.ui.row;

/** What people are told of an incident. */
public enum AlarmEvent {
  OPENED,
  REPEATED,
  RECOVERED
}
