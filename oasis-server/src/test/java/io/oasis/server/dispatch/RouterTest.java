package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.Routing;
import io.oasis.server.app.OnlineNode;
import io.oasis.server.run.RoutingSamples;
import io.oasis.server.run.RunRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final int RUNS = 10_000;

  @Test
  @DisplayName(
      "RT1: over 10,000 runs and stable nodes the counts differ by at most one for each server")
  void roundRobin() {
    List<OnlineNode> nodes = nodes(7);
    for (int servers = 1; servers <= 3; servers++) {
      List<Router> routers =
          IntStream.range(0, servers).mapToObj(i -> new Router(new Random(i), n -> 1_000)).toList();
      Random which = new Random(42);
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i < RUNS; i++) {
        Router router = routers.get(which.nextInt(servers));
        router.newBatch(Router.Desk.DUE);
        counts.merge(chosen(router, Routing.Strategy.ROUND_ROBIN, nodes), 1, Integer::sum);
      }

      assertThat(counts).hasSize(7);
      int most = counts.values().stream().mapToInt(n -> n).max().orElseThrow();
      int least = counts.values().stream().mapToInt(n -> n).min().orElseThrow();
      assertThat(most - least).isLessThanOrEqualTo(servers);
    }
  }

  @Test
  @DisplayName("least busy takes the node with the most free slots, also within one batch")
  void leastBusy() {
    Map<String, Integer> free = Map.of("n-0", 1, "n-1", 3, "n-2", 2);
    Router router = new Router(new Random(1), n -> free.get(n.id()));
    List<OnlineNode> nodes = nodes(3);

    List<String> chosen =
        IntStream.range(0, 4)
            .mapToObj(i -> chosen(router, Routing.Strategy.LEAST_BUSY, nodes))
            .toList();

    assertThat(chosen).startsWith("n-1").containsOnly("n-1", "n-2", "n-0");
    assertThat(chosen.stream().filter("n-1"::equals)).hasSize(2);
  }

  @Test
  @DisplayName("RT2: a node that refused is not asked again before each of the others was")
  void refused() {
    Router router = new Router(new Random(1), n -> 10);
    RunRow run = RoutingSamples.refusedBy(List.of("n-0", "n-1"));
    RunRow all = RoutingSamples.refusedBy(List.of("n-0", "n-1", "n-2"));

    Route next =
        router.route(
            run, RoutingSamples.spec(Routing.Strategy.FAILOVER), nodes(3), Router.Desk.DUE);
    Route none =
        router.route(
            all, RoutingSamples.spec(Routing.Strategy.FAILOVER), nodes(3), Router.Desk.DUE);

    assertThat(((Route.To) next).node().id()).isEqualTo("n-2");
    assertThat(none).isEqualTo(new Route.AllRefused(3));
  }

  private static String chosen(Router router, Routing.Strategy strategy, List<OnlineNode> nodes) {
    Route route =
        router.route(
            RoutingSamples.refusedBy(List.of()),
            RoutingSamples.spec(strategy),
            nodes,
            Router.Desk.DUE);
    return ((Route.To) route).node().id();
  }

  private static List<OnlineNode> nodes(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new OnlineNode("n-" + i, 1, Map.of(), Set.of("settle"), 1_000, 0, false, "s-1"))
        .toList();
  }
}
