package io.oasis.server.run;

/** Why a run exists. */
public enum Trigger {
  /** Its job's schedule. */
  SCHEDULE,
  /** A person in the console. */
  MANUAL,
  /** A call of the REST API, the CLI among them. */
  API,
  /** A person or a call that repeated an earlier run. */
  RERUN
}
