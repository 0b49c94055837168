package io.oasis.server.console;

import io.oasis.server.identity.Access;
import io.oasis.server.identity.Permission;

/**
 * What a viewer may do with the runs of an app.
 *
 * @param kill ask them to stop
 * @param force end them without their node's word
 * @param again start them: repeat them, and let held ones go on
 * @param csrfToken for the forms
 */
record RunActions(boolean kill, boolean force, boolean again, String csrfToken) {

  static RunActions of(Visit visit, String app) {
    Access access = visit.caller().access();
    return new RunActions(
        access.may(Permission.RUN_CANCEL, app),
        access.may(Permission.RUN_FORCE, app),
        access.may(Permission.JOB_RUN, app),
        visit.csrfToken());
  }
}
