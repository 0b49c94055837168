package io.oasis.server.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The online nodes in memory. Readers take no lock; writers take turns. What this server knows
 * better than the last read (a stream of its own ended, or drains) is kept beside it until the
 * database says the same.
 */
final class NodeSnapshot {
  private volatile View view = new View(Map.of(), Map.of());
  private final Map<String, Correction> corrections = new ConcurrentHashMap<>();

  /** What one read of the database gave. */
  record Read(List<NodeStore.Live> live, List<NodeStore.Fixed> fixed) {}

  private record Known(long session, NodeAnnouncement.Traits traits, OnlineNode node) {}

  private record View(Map<String, Known> byId, Map<Long, List<OnlineNode>> byApp) {}

  private record Correction(long session, boolean gone) {
    boolean outdoes(Correction other) {
      return session > other.session || (session == other.session && gone);
    }
  }

  List<OnlineNode> online(long appId) {
    View v = view;
    List<OnlineNode> nodes = v.byApp().getOrDefault(appId, List.of());
    if (corrections.isEmpty()) {
      return nodes;
    }
    List<OnlineNode> corrected = new ArrayList<>(nodes.size());
    nodes.forEach(node -> corrected(v.byId().get(node.id())).ifPresent(corrected::add));
    return corrected;
  }

  Set<Long> apps() {
    return view.byApp().keySet();
  }

  Optional<OnlineNode> find(String nodeId) {
    return Optional.ofNullable(view.byId().get(nodeId)).flatMap(this::corrected);
  }

  /** A stream of this server has begun. */
  synchronized void connected(NodeSession session, NodeAnnouncement node, String serverId) {
    Map<String, Known> byId = new HashMap<>(view.byId());
    NodeStore.Live live =
        new NodeStore.Live(node.id(), node.appId(), session.number(), 0, node.draining(), serverId);
    byId.put(node.id(), known(live, node.traits()));
    publish(byId);
  }

  /** A stream of this server drains. */
  void draining(NodeSession session) {
    correct(session.nodeId(), new Correction(session.number(), false));
  }

  /** A stream of this server has ended. */
  void gone(NodeSession session) {
    correct(session.nodeId(), new Correction(session.number(), true));
  }

  private void correct(String nodeId, Correction correction) {
    corrections.merge(nodeId, correction, (a, b) -> b.outdoes(a) ? b : a);
  }

  /** The nodes whose traits have to be read, because their session is new. */
  List<String> unknown(List<NodeStore.Live> live) {
    Map<String, Known> byId = view.byId();
    return live.stream()
        .filter(row -> !byId.containsKey(row.id()) || byId.get(row.id()).session() < row.session())
        .map(NodeStore.Live::id)
        .toList();
  }

  /** Takes over what the database says now; writers of this process wait for the read. */
  synchronized void refresh(Supplier<Read> read) {
    Read now = read.get();
    Map<String, NodeAnnouncement.Traits> traits = new HashMap<>();
    view.byId().forEach((id, known) -> traits.put(id, known.traits()));
    now.fixed().forEach(row -> traits.put(row.id(), row.traits()));
    Map<String, Known> byId = new HashMap<>();
    for (NodeStore.Live row : now.live()) {
      byId.put(row.id(), known(row, traits.get(row.id())));
    }
    publish(byId);
    forgetCorrections(byId);
  }

  private void publish(Map<String, Known> byId) {
    Map<Long, List<OnlineNode>> byApp = new HashMap<>();
    byId.values().stream()
        .map(Known::node)
        .sorted(Comparator.comparing(OnlineNode::id))
        .forEach(node -> byApp.computeIfAbsent(node.appId(), a -> new ArrayList<>()).add(node));
    byApp.replaceAll((app, nodes) -> List.copyOf(nodes));
    view = new View(byId, byApp);
  }

  /** A correction is done when the database shows the same, or a newer session. */
  private void forgetCorrections(Map<String, Known> byId) {
    corrections
        .entrySet()
        .removeIf(
            entry -> {
              Known known = byId.get(entry.getKey());
              Correction correction = entry.getValue();
              return known == null
                  || known.session() > correction.session()
                  || (!correction.gone() && known.node().draining());
            });
  }

  private Optional<OnlineNode> corrected(Known known) {
    Correction correction = corrections.get(known.node().id());
    if (correction == null || correction.session() < known.session()) {
      return Optional.of(known.node());
    }
    return correction.gone() ? Optional.empty() : Optional.of(drained(known.node()));
  }

  private static OnlineNode drained(OnlineNode n) {
    return new OnlineNode(
        n.id(), n.appId(), n.labels(), n.handlers(), n.slots(), n.busySlots(), true, n.serverId());
  }

  private static Known known(NodeStore.Live live, NodeAnnouncement.Traits traits) {
    return new Known(
        live.session(),
        traits,
        new OnlineNode(
            live.id(),
            live.appId(),
            traits.labels(),
            Set.copyOf(traits.handlers()),
            traits.slots(),
            live.busySlots(),
            live.draining(),
            live.serverId()));
  }
}
