package io.oasis.server.identity;

import java.util.Arrays;
import java.util.Optional;

/** One thing that somebody may be allowed to do. Every route names exactly one. */
public enum Permission {
  /** Ask who one is, and sign out. */
  SELF_USE(Name.SELF_USE),
  STATUS_READ(Name.STATUS_READ),
  APP_READ(Name.APP_READ),
  APP_WRITE(Name.APP_WRITE),
  /** Remove an app with its jobs, nodes and tokens. */
  APP_FORCE(Name.APP_FORCE),
  JOB_READ(Name.JOB_READ),
  /** Start a run by hand, or repeat one. */
  JOB_RUN(Name.JOB_RUN),
  /** Enable and disable. */
  JOB_SWITCH(Name.JOB_SWITCH),
  /** Apply manifests and delete. */
  JOB_WRITE(Name.JOB_WRITE),
  RUN_READ(Name.RUN_READ),
  RUN_CANCEL(Name.RUN_CANCEL),
  /** Go past a job's blocking rule: run beside its runs, or free the slot of one that goes on. */
  RUN_FORCE(Name.RUN_FORCE),
  INCIDENT_READ(Name.INCIDENT_READ),
  /** Take an incident on. */
  INCIDENT_ACKNOWLEDGE(Name.INCIDENT_ACKNOWLEDGE),
  /** Send a test mail to any address. */
  ALARM_TEST(Name.ALARM_TEST),
  TOKEN_READ(Name.TOKEN_READ),
  TOKEN_WRITE(Name.TOKEN_WRITE),
  /** See who has an account, and with which roles. */
  ACCOUNT_READ(Name.ACCOUNT_READ),
  /** Make, change and end accounts. */
  ACCOUNT_WRITE(Name.ACCOUNT_WRITE),
  AUDIT_READ(Name.AUDIT_READ);

  private final String word;

  Permission(String word) {
    this.word = word;
  }

  /** As annotations and messages write it: {@code job:read}. */
  public String word() {
    return word;
  }

  /** Reads {@link #word()}; empty for anything else. */
  public static Optional<Permission> parse(String word) {
    return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
  }

  /** The words as constants, for {@code @PermissionsAllowed}. */
  public static final class Name {
    public static final String SELF_USE = "self:use";
    public static final String STATUS_READ = "status:read";
    public static final String APP_READ = "app:read";
    public static final String APP_WRITE = "app:write";
    public static final String APP_FORCE = "app:force";
    public static final String JOB_READ = "job:read";
    public static final String JOB_RUN = "job:run";
    public static final String JOB_SWITCH = "job:switch";
    public static final String JOB_WRITE = "job:write";
    public static final String RUN_READ = "run:read";
    public static final String RUN_CANCEL = "run:cancel";
    public static final String RUN_FORCE = "run:force";
    public static final String INCIDENT_READ = "incident:read";
    public static final String INCIDENT_ACKNOWLEDGE = "incident:acknowledge";
    public static final String ALARM_TEST = "alarm:test";
    public static final String TOKEN_READ = "token:read";
    public static final String TOKEN_WRITE = "token:write";
    public static final String ACCOUNT_READ = "account:read";
    public static final String ACCOUNT_WRITE = "account:write";
    public static final String AUDIT_READ = "audit:read";

    private Name() {}
  }
}
