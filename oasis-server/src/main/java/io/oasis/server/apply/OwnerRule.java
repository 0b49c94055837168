package io.oasis.server.apply;

/** What becomes of objects that another source owns. */
public enum OwnerRule {
  /** They are a conflict. */
  RESPECT,
  /** They belong to the source of this apply from now on. */
  TAKE_OVER,
  /** They are edited by hand all the same; they stay their owner's, and show as drift. */
  OVERRIDE
}
