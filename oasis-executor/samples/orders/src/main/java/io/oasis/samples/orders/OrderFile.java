package io.oasis.samples.orders;

import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The orders of a day: a header and lines of "order,customer,amount".
 *
 * @param path the file
 */
record OrderFile(Path path) {
  private static final int COLUMNS = 3;
  private static final int LINES_BETWEEN_WORDS = 500;

  /**
   * Sums of one shard's customers.
   *
   * @param orders how many orders
   * @param byCustomer what each customer owes, by name
   */
  record Sums(int orders, Map<String, BigDecimal> byCustomer) {

    BigDecimal total() {
      return byCustomer.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /**
   * Adds up the orders of the customers that fall to the run's shard.
   *
   * @throws NonRetryableException when a line cannot be read; reading it again would not help
   */
  Sums sum(RunContext run) throws IOException {
    List<String> lines = Files.readAllLines(path);
    Map<String, BigDecimal> sums = new TreeMap<>();
    int orders = 0;
    for (int i = 1; i < lines.size(); i++) {
      if (i % LINES_BETWEEN_WORDS == 0) {
        run.cancellation().throwIfCancelled();
        run.progress(90 * i / lines.size(), i + " of " + (lines.size() - 1) + " orders read");
      }
      String[] columns = lines.get(i).split(",", -1);
      if (columns.length != COLUMNS) {
        throw wrong(i, "has " + columns.length + " columns, not " + COLUMNS);
      }
      if (Math.floorMod(columns[1].hashCode(), run.shardTotal()) == run.shardIndex()) {
        sums.merge(columns[1], amount(columns[2], i), BigDecimal::add);
        orders++;
      }
    }
    return new Sums(orders, sums);
  }

  private BigDecimal amount(String text, int index) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw wrong(index, "amount \"" + text + "\" is no number");
    }
  }

  private NonRetryableException wrong(int index, String what) {
    return new NonRetryableException(path.getFileName() + ":" + (index + 1) + " " + what);
  }
}
