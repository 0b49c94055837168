package io.oasis.server.database;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds the items of a batch that cannot be worked on, so that they do not stop the others: the
 * batch is halved until what fails is one item alone. One bad item among 500 costs about 18
 * transactions, once.
 */
public final class Isolation {
  private Isolation() {}

  /**
   * True when the failure may be the fault of an item. While the database is away, or when this
   * thread is to end, no item is to blame.
   */
  public static boolean mayBeAnItems(RuntimeException failure) {
    boolean passing = failure instanceof DatabaseException refused && refused.isTransient();
    return !passing && !Thread.currentThread().isInterrupted();
  }

  /**
   * Works through a batch that has failed as a whole, in its order.
   *
   * @param work does a part in a transaction of its own
   * @param alone told of each item that failed alone, and why
   * @throws RuntimeException when a part fails by no item's fault; what came before it is done
   */
  public static <T> void halve(
      List<T> batch, Consumer<List<T>> work, BiConsumer<T, RuntimeException> alone) {
    if (batch.size() <= 1) {
      attempt(batch, work, alone);
      return;
    }
    int middle = batch.size() / 2;
    attempt(batch.subList(0, middle), work, alone);
    attempt(batch.subList(middle, batch.size()), work, alone);
  }

  private static <T> void attempt(
      List<T> part, Consumer<List<T>> work, BiConsumer<T, RuntimeException> alone) {
    if (part.isEmpty()) {
      return;
    }
    try {
      work.accept(part);
    } catch (RuntimeException e) {
      if (!mayBeAnItems(e)) {
        throw e;
      }
      if (part.size() == 1) {
        alone.accept(part.get(0), e);
      } else {
        halve(part, work, alone);
      }
    }
  }

  /** One line about a failure, for a ledger or a trace; never empty, at most 300 characters. */
  public static String line(RuntimeException failure) {
    String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String line = text.lines().findFirst().orElse(failure.toString());
    return line.length() > 300 ? line.substring(0, 299) + "…" : line;
  }
}
