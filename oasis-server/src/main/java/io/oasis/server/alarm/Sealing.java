package io.oasis.server.alarm;

import io.oasis.server.database.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what is to be said into mails: a few things to an address are a mail each, many are one
 * mail, and an address that has just got many mails gets the rest together a little later.
 */
final class Sealing {
  /** More than these to one address at once are one mail. */
  static final int SINGLES = 3;

  /** What one mail tells at most. */
  static final int MOST_IN_ONE = 100;

  private static final int BATCH = 1_000;
  private static final int MAILS_IN_WINDOW = 5;
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final OutboxStore store;
  private final Delivery.Channel channel;

  Sealing(OutboxStore store, Delivery.Channel channel) {
    this.store = store;
    this.channel = channel;
  }

  private record To(String address, String language) {}

  /** Gives everything that is due and has no mail yet its mail. */
  void seal(Tx tx) {
    Map<To, List<Long>> byAddress = new LinkedHashMap<>();
    store
        .newLines(tx, channel, BATCH)
        .forEach(
            line ->
                byAddress
                    .computeIfAbsent(
                        new To(line.address(), line.language()), to -> new ArrayList<>())
                    .add(line.id()));
    if (byAddress.isEmpty()) {
      return;
    }
    if (channel == Delivery.Channel.WEBHOOK) {
      // A program reads them one by one.
      List<Long> all = byAddress.values().stream().flatMap(List::stream).toList();
      store.seal(tx, all, all);
      return;
    }
    Map<String, Integer> sent =
        store.sentLately(
            tx, byAddress.keySet().stream().map(To::address).distinct().toList(), WINDOW);
    List<Long> lines = new ArrayList<>();
    List<Long> letters = new ArrayList<>();
    List<Long> later = new ArrayList<>();
    byAddress.forEach(
        (to, ids) -> {
          if (sent.getOrDefault(to.address(), 0) >= MAILS_IN_WINDOW) {
            later.addAll(ids);
          } else {
            lines.addAll(ids);
            letters.addAll(letters(ids));
          }
        });
    if (!lines.isEmpty()) {
      store.seal(tx, lines, letters);
    }
    if (!later.isEmpty()) {
      store.postpone(tx, later, WAIT);
    }
  }

  /** The mail of each line, named after the first line in it. */
  static List<Long> letters(List<Long> lines) {
    List<Long> letters = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean alone = lines.size() <= SINGLES;
      letters.add(lines.get(alone ? i : i - i % MOST_IN_ONE));
    }
    return letters;
  }
}
