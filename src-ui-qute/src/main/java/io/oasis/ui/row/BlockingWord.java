package io.oasis.ui.row;

/** What happens when a job fires while it still runs. */
public enum BlockingWord {
  SERIAL,
  DISCARD,
  PARALLEL,
  PARALLEL_DISCARD,
  REPLACE
}
