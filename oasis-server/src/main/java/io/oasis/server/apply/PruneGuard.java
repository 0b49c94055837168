package io.oasis.server.apply;

/** Why nothing is deleted. */
public sealed interface PruneGuard {
  /** Nobody said whose objects may go. */
  record NoSource() implements PruneGuard {}

  /** The files hold no document, so that everything of the source would go. */
  record NothingGiven() implements PruneGuard {}

  /**
   * A large part of what the source owns would go.
   *
   * @param deletions how many objects
   * @param owned of how many
   */
  record TooMany(int deletions, int owned) implements PruneGuard {}
}
