package io.oasis.ui.row;

/** Why a run exists. */
public enum TriggerWord {
  SCHEDULE,
  MANUAL,
  API,
  RERUN
}
