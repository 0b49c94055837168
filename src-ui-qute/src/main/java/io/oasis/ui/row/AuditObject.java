package io.oasis.ui.row;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the audit trail is about: the first word of an object such as {@code job billing/settle}.
 */
public enum AuditObject {
  JOB,
  APP,
  RUN,
  ACCOUNT,
  TOKEN,
  NODE,
  INCIDENT,
  MAIL;

  /** The kind of an object; empty for one of a newer server. */
  public static Optional<AuditObject> of(String object) {
    String first = object.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(kind -> kind.name().equals(first)).findFirst();
  }
}
