package io.oasis.server.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lines that wait to be written, in the order in which they came; bounded by their weight. */
final class LogQueue {
  private final long mostWeight;
  private final ArrayDeque<Offer> offers = new ArrayDeque<>();
  private long weight;

  /** Lines and whom to tell what became of them. */
  record Offer(LogPiece piece, long weight, Consumer<LogAnswer> answer) {}

  LogQueue(long mostWeight) {
    this.mostWeight = mostWeight;
  }

  /** Adds lines; false when there is no room. */
  synchronized boolean add(LogPiece piece, Consumer<LogAnswer> answer) {
    long more = piece.weight();
    if (weight > 0 && weight + more > mostWeight) {
      return false;
    }
    offers.add(new Offer(piece, more, answer));
    weight += more;
    return true;
  }

  /** Takes what came first, up to a number and a weight, but at least one if there is one. */
  synchronized List<Offer> take(int most, long mostTaken) {
    List<Offer> taken = new ArrayList<>();
    long takenWeight = 0;
    while (taken.size() < most && !offers.isEmpty() && takenWeight < mostTaken) {
      Offer offer = offers.poll();
      taken.add(offer);
      takenWeight += offer.weight();
    }
    weight -= takenWeight;
    return taken;
  }

  /** Puts back what could not be written, before everything that came later. */
  synchronized void putBack(List<Offer> taken) {
    for (Offer offer : taken.reversed()) {
      offers.addFirst(offer);
      weight += offer.weight();
    }
  }

  synchronized boolean isEmpty() {
    return offers.isEmpty();
  }

  synchronized long weight() {
    return weight;
  }
}
