package io.oasis.server.dispatch;

import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.run.Member;
import io.oasis.server.run.RunRow;
import java.util.ArrayList;
import java.util.List;

/**
 * What the nodes of this server are about to be sent by one transaction. It is noted in their load
 * before the commit and sent after it.
 */
final class Reservation {
  private final NodeSender sender;
  private final ServerNodes nodes;
  private final Wakeups wakeups;
  private final List<NodeSender.Parcel> parcels = new ArrayList<>();

  Reservation(NodeSender sender, ServerNodes nodes, Wakeups wakeups) {
    this.sender = sender;
    this.nodes = nodes;
    this.wakeups = wakeups;
  }

  /** Notes what was handed over; other servers are told of what their nodes are to be sent. */
  void reserve(Tx tx, List<RunRow> runs, List<Member> members) {
    boolean others = false;
    for (NodeSender.Parcel parcel : sender.pack(tx, runs, members)) {
      if (nodes.isOwn(parcel.nodeId())) {
        parcels.add(parcel);
      } else {
        others = true;
      }
    }
    if (others) {
      wakeups.send(tx, Wakeups.RUNS);
    }
    sender.reserve(parcels);
  }

  /** The transaction is committed. */
  void send() {
    sender.sendReserved(parcels);
  }

  /** The transaction was not committed, as far as this server knows. */
  void release() {
    sender.release(parcels);
  }
}
