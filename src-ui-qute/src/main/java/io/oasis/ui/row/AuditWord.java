package io.oasis.ui.row;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the audit trail can say that somebody did, named as its action: {@code job.take-over}. */
public enum AuditWord {
  APP_CREATE,
  APP_CHANGE,
  APP_TAKE_OVER,
  APP_PRUNE,
  APP_REGISTER,
  APP_REMOVE,
  JOB_CREATE,
  JOB_CHANGE,
  JOB_TAKE_OVER,
  JOB_PRUNE,
  JOB_DELETE,
  JOB_ENABLE,
  JOB_DISABLE,
  JOB_ROLLBACK,
  JOB_MOVE,
  RUN_START,
  RUN_RERUN,
  RUN_CANCEL,
  RUN_RELEASE,
  RUN_FORCE_END,
  ACCOUNT_CREATE,
  ACCOUNT_UPDATE,
  ACCOUNT_DELETE,
  ACCOUNT_PASSWORD,
  ACCOUNT_SIGN_OUT,
  SESSION_BEGIN,
  SESSION_END,
  TOKEN_CREATE,
  TOKEN_REVOKE,
  NODE_FORGET,
  ALARM_TEST,
  INCIDENT_ACKNOWLEDGE;

  /** The word of an action; empty for one of a newer server. */
  public static Optional<AuditWord> of(String action) {
    String name = action.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(word -> word.name().equals(name)).findFirst();
  }
}
