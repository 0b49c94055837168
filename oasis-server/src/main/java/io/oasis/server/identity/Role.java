package io.oasis.server.identity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a person or an API token may do; each role may do everything that the one before it may. */
public enum Role {
  /** Looks. */
  VIEWER(
      EnumSet.of(
          Permission.SELF_USE,
          Permission.STATUS_READ,
          Permission.APP_READ,
          Permission.JOB_READ,
          Permission.RUN_READ,
          Permission.INCIDENT_READ)),
  /** Keeps things running: starts, stops, enables and disables. */
  OPERATOR(
      EnumSet.of(
          Permission.JOB_RUN,
          Permission.JOB_SWITCH,
          Permission.RUN_CANCEL,
          Permission.INCIDENT_ACKNOWLEDGE,
          Permission.AUDIT_READ)),
  /** Changes what jobs are. */
  EDITOR(EnumSet.of(Permission.JOB_WRITE, Permission.APP_WRITE, Permission.RUN_FORCE)),
  /** Everything. */
  ADMIN(EnumSet.allOf(Permission.class));

  private final Set<Permission> own;

  Role(Set<Permission> own) {
    this.own = own;
  }

  /** True when the role includes the permission. */
  public boolean may(Permission permission) {
    for (Role role : values()) {
      if (role.compareTo(this) <= 0 && role.own.contains(permission)) {
        return true;
      }
    }
    return false;
  }

  /** As users write it and as the database keeps it: {@code viewer}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word()}; empty for anything else. */
  public static Optional<Role> parse(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
