package io.oasis.server.apply;

import java.util.List;
import java.util.Optional;

/**
 * What is asked for beside the documents themselves.
 *
 * @param ownerRule what becomes of objects of other sources
 * @param prune deletes what the source owns and the files do not have; empty: nothing is deleted
 * @param kill stops the running runs of what is deleted; otherwise they finish
 * @param expected what a saved plan was going to do; empty: whatever there is to do now
 */
public record ApplyOptions(
    OwnerRule ownerRule, Optional<Prune> prune, boolean kill, Optional<Expected> expected) {
  /** Creates and changes, deletes nothing, takes nothing from anybody. */
  public static final ApplyOptions PLAIN =
      new ApplyOptions(OwnerRule.RESPECT, Optional.empty(), false, Optional.empty());

  /** Edits what somebody else owns, and leaves it theirs. */
  public static final ApplyOptions BY_HAND =
      new ApplyOptions(OwnerRule.OVERRIDE, Optional.empty(), false, Optional.empty());

  /**
   * How far deleting may go.
   *
   * @param allowEmpty files without any document delete everything that the source owns
   * @param confirmed how many deletions somebody said yes to; empty: nobody did
   */
  public record Prune(boolean allowEmpty, Optional<Integer> confirmed) {}

  /**
   * A plan that was saved.
   *
   * @param digest of the files and options that it was made from
   * @param touched everything that it was going to write
   */
  public record Expected(String digest, List<Touched> touched) {}

  /**
   * An object that a plan writes.
   *
   * @param object {@code job billing/nightly}
   * @param action what is done with it, in lower case
   * @param base how it was when the plan was made; empty: it was not there
   */
  public record Touched(String object, String action, Optional<String> base) {}
}
