package io.oasis.server.app;

import io.oasis.manifest.Owner;
import java.util.Optional;

/**
 * An app with what belongs to it.
 *
 * @param id of the row
 * @param name a slug, equal to what its executors are configured with
 * @param title for people
 * @param registration who made it
 * @param owner default owner of its jobs
 * @param source the Git source that owns it; empty: nobody's
 * @param nodes how many nodes it has, by state
 * @param jobs how many jobs it has
 */
public record App(
    long id,
    String name,
    String title,
    Registration registration,
    Owner owner,
    Optional<String> source,
    NodeCounts nodes,
    int jobs) {

  App withJobs(long some) {
    return new App(id, name, title, registration, owner, source, nodes, Math.toIntExact(some));
  }

  /** Who made an app. */
  public enum Registration {
    /** Its first executor, by dialling in with a valid token. */
    AUTO,
    /** A person or a manifest. */
    MANUAL
  }

  /**
   * Nodes by state, and what those that are online can take.
   *
   * @param full online nodes without a free slot
   * @param slots of the online nodes
   * @param busy of these slots
   */
  public record NodeCounts(int online, int draining, int offline, int full, int slots, int busy) {}
}
