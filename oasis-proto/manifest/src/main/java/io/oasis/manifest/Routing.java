package io.oasis.manifest;

import java.util.Map;

/**
 * Which node gets a run.
 *
 * @param strategy how one of the nodes is chosen
 * @param selector labels that a node must have, all of them; empty: any node
 * @param success for broadcast: when the whole counts as succeeded
 */
public record Routing(Strategy strategy, Map<String, String> selector, Success success) {
  public static final Routing DEFAULT =
      new Routing(Strategy.ROUND_ROBIN, Map.of(), new Success(Success.Rule.ALL, 0));

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
