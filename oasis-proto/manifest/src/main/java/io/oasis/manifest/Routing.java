package io.oasis.manifest;

import java.util.Map;

/**
 * Which node gets a run.
 *
 * @param strategy how one of the nodes is chosen
 * @param selector labels that a node must have, all of them; empty: any node
 * @param success for broadcast: when the whole counts as succeeded
 * @param memberLost for broadcast: what a retry does with a member whose node is gone
 * @param noNodes for broadcast: how a run ends when no node came within its queue timeout
 */
public record Routing(
    Strategy strategy,
    Map<String, String> selector,
    Success success,
    MemberLost memberLost,
    NoNodes noNodes) {
  public static final Routing DEFAULT =
      new Routing(Strategy.ROUND_ROBIN, Map.of(), new Success(Success.Rule.ALL, 0));

  /** A routing whose broadcast loses members with their nodes and fails without any. */
  public Routing(Strategy strategy, Map<String, String> selector, Success success) {
    this(strategy, selector, success, MemberLost.FAIL, NoNodes.FAIL);
  }

  /** How a broadcast ends that has waited for a node in vain. */
  public enum NoNodes {
    /** It failed. */
    FAIL,
    /** There was nobody to tell, and that is no failure. */
    SKIP
  }

  /** What a retry of a broadcast does with a member whose node is not online any more. */
  public enum MemberLost {
    /** The member is lost again. */
    FAIL,
    /** Another node gets its part. */
    REASSIGN
  }

  /** How one of the nodes is chosen. */
  public enum Strategy {
    ROUND_ROBIN,
    RANDOM,
    /** The first node by name; when that refuses, the next. */
    FAILOVER,
    /** The node with the most free slots. */
    LEAST_BUSY,
    /** Every node, each with its own member of the run. */
    BROADCAST
  }

  /**
   * When a broadcast counts as succeeded.
   *
   * @param rule the kind of rule
   * @param threshold members for {@link Rule#MIN}, percent for {@link Rule#PERCENT}, else 0
   */
  public record Success(Rule rule, int threshold) {
    /** The kinds of rule. */
    public enum Rule {
      ALL,
      ANY,
      MIN,
      PERCENT
    }
  }
}
