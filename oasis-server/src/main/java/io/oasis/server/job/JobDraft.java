package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A job as it is to be written.
 *
 * @param appId of its app
 * @param enabled whether it is switched on, which may differ from what its spec says
 * @param firing when it fires next; empty: that stays as it is
 * @param revision of this spec
 * @param anchor default anchor of a fixed rate
 */
public record JobDraft(
    JobKey key,
    long appId,
    Map<String, String> labels,
    JobSpec spec,
    boolean enabled,
    Optional<Firing> firing,
    int revision,
    Instant anchor) {

  /**
   * Who writes, and from where.
   *
   * @param by the caller
   * @param author who made the change, as its commit says; the caller when nothing says so
   * @param source the Git source; empty: by hand
   * @param commit of the source
   * @param ciRun the build that applies
   * @param via how the change comes in
   * @param reason why, as whoever makes it by hand says
   */
  public record Origin(
      String by,
      String author,
      Optional<String> source,
      Optional<String> commit,
      Optional<String> ciRun,
      Via via,
      Optional<String> reason) {

    /** Of manifests that are applied. */
    public Origin(
        String by,
        String author,
        Optional<String> source,
        Optional<String> commit,
        Optional<String> ciRun) {
      this(by, author, source, commit, ciRun, Via.APPLY, Optional.empty());
    }

    /** Of one job that is edited by hand. */
    public static Origin byHand(String by, Via via, Optional<String> reason) {
      return new Origin(by, by, Optional.empty(), Optional.empty(), Optional.empty(), via, reason);
    }
  }

  /** How a revision came in. */
  public enum Via {
    /** With manifests. */
    APPLY,
    /** By a request for this one job. */
    API,
    /** On a page. */
    CONSOLE;

    /** As the database keeps it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
