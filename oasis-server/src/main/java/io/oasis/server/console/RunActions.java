package io.oasis.server.console;

import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;

/**
 * What a viewer may do with runs.
 *
 * @param kill ask them to stop
 * @param again repeat them
 * @param csrfToken for the forms
 */
record RunActions(boolean kill, boolean again, String csrfToken) {

  static RunActions of(Visit visit) {
    Caller caller = visit.caller();
    return new RunActions(
        caller.may(Permission.RUN_CANCEL), caller.may(Permission.JOB_RUN), visit.csrfToken());
  }
}
