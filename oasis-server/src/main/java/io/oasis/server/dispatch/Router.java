package io.oasis.server.dispatch;

import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Routing;
import io.oasis.server.app.OnlineNode;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Remark;
import io.oasis.server.run.RunRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Chooses nodes. Runs that come due and runs that were due before they were written are placed by
 * two threads; each sees what the other has placed in the batch that it is at.
 */
final class Router {
  private static final int JOBS_REMEMBERED = 50_000;

  /** The strategies as people write them. */
  private static final Map<Routing.Strategy, String> STRATEGIES =
      new EnumMap<>(Routing.Strategy.class);

  static {
    for (Routing.Strategy strategy : Routing.Strategy.values()) {
      STRATEGIES.put(strategy, strategy.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  /** Where runs are placed; each has at most one batch in the making. */
  enum Desk {
    /** Runs that are written and whose time comes. */
    DUE,
    /** Runs that are written when their time has come already. */
    OVERDUE
  }

  private final RandomGenerator random;
  private final ToIntFunction<OnlineNode> free;

  /** The node that each job went to last, for round robin. */
  private final Map<Long, String> last =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > JOBS_REMEMBERED;
        }
      };

  /** Runs placed by the batches in the making, by node: no load knows of them yet. */
  private final Map<Desk, Map<String, Integer>> placed = new EnumMap<>(Desk.class);

  /**
   * A router.
   *
   * @param free free slots of a node right now
   */
  Router(RandomGenerator random, ToIntFunction<OnlineNode> free) {
    this.random = random;
    this.free = free;
    for (Desk desk : Desk.values()) {
      placed.put(desk, new HashMap<>());
    }
  }

  /** Forgets what the desk's last batch placed: by now the load knows of it, or it came to none. */
  synchronized void newBatch(Desk desk) {
    placed.get(desk).clear();
  }

  private int free(OnlineNode node) {
    int left = free.applyAsInt(node);
    for (Map<String, Integer> batch : placed.values()) {
      left -= batch.getOrDefault(node.id(), 0);
    }
    return left;
  }

  /** Where the run goes, given the nodes of its app that are online, in the order of their ids. */
  synchronized Route route(RunRow run, JobSpec spec, List<OnlineNode> online, Desk desk) {
    List<OnlineNode> taking = only(online, n -> !n.draining());
    if (taking.isEmpty()) {
      return new Route.Nowhere(ReasonCode.NO_EXECUTOR, Remark.NO_EXECUTOR.text());
    }
    List<OnlineNode> offering = only(taking, n -> n.handlers().contains(spec.handler()));
    if (offering.isEmpty()) {
      return new Route.Nowhere(
          ReasonCode.NO_HANDLER, Remark.NO_HANDLER.text(taking.size(), spec.handler()));
    }
    List<OnlineNode> able = only(offering, n -> matches(n, spec.routing().selector()));
    if (able.isEmpty()) {
      return new Route.Nowhere(
          ReasonCode.NO_EXECUTOR,
          Remark.NO_LABELS.text(offering.size(), new TreeMap<>(spec.routing().selector())));
    }
    if (spec.routing().strategy() == Routing.Strategy.BROADCAST) {
      return new Route.ToAll(able);
    }
    List<OnlineNode> unasked = only(able, n -> !run.standing().refusedBy().contains(n.id()));
    if (unasked.isEmpty()) {
      return new Route.AllRefused(able.size());
    }
    List<OnlineNode> roomy = only(unasked, n -> free(n) > 0);
    if (roomy.isEmpty()) {
      return new Route.Nowhere(ReasonCode.NO_FREE_SLOT, Remark.SLOTS_TAKEN.text(unasked.size()));
    }
    // The node of the attempt before is asked again only if it is the only one.
    if (first(run)) {
      return pick(run, spec, roomy, desk);
    }
    String before = run.standing().nodeId().orElse("");
    List<OnlineNode> others = only(roomy, n -> !n.id().equals(before));
    return pick(run, spec, others.isEmpty() ? roomy : others, desk);
  }

  /** Those that pass, in their order. Nearly always all do, and then nothing is copied. */
  private static List<OnlineNode> only(List<OnlineNode> nodes, Predicate<OnlineNode> test) {
    List<OnlineNode> passing = null;
    for (int i = 0; i < nodes.size(); i++) {
      boolean passes = test.test(nodes.get(i));
      if (!passes && passing == null) {
        passing = new ArrayList<>(nodes.subList(0, i));
      } else if (passes && passing != null) {
        passing.add(nodes.get(i));
      }
    }
    return passing == null ? nodes : passing;
  }

  private static boolean first(RunRow run) {
    return run.standing().epoch() == 0;
  }

  private Route pick(RunRow run, JobSpec spec, List<OnlineNode> nodes, Desk desk) {
    OnlineNode node =
        switch (spec.routing().strategy()) {
          case ROUND_ROBIN -> next(run.origin().jobUid(), nodes);
          case RANDOM -> nodes.get(random.nextInt(nodes.size()));
          case FAILOVER -> nodes.get(0);
          case LEAST_BUSY ->
              nodes.stream().max(Comparator.comparingInt(this::free)).orElse(nodes.get(0));
          case BROADCAST -> throw new IllegalStateException("a broadcast has no one node");
        };
    last.put(run.origin().jobUid(), node.id());
    int freeBefore = free(node);
    placed.get(desk).merge(node.id(), 1, Integer::sum);
    String strategy = STRATEGIES.get(spec.routing().strategy());
    return new Route.To(node, Remark.PLACED.text(strategy, freeBefore, node.slots()));
  }

  /** The first node after the last one, in the order of their names. */
  private OnlineNode next(long jobUid, List<OnlineNode> nodes) {
    String before = last.getOrDefault(jobUid, "");
    for (OnlineNode node : nodes) {
      if (node.id().compareTo(before) > 0) {
        return node;
      }
    }
    return nodes.get(0);
  }

  private static boolean matches(OnlineNode node, Map<String, String> selector) {
    return selector.isEmpty() || node.labels().entrySet().containsAll(selector.entrySet());
  }
}
