package io.oasis.samples.orders;

import io.oasis.executor.Handler;
import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Settles the orders of a day: adds them up by customer and writes a settlement file.
 *
 * <p>Params: {@code folder} (where the orders lie), {@code date} (the day; by default the day of
 * the run's nominal time), {@code timeZone} (whose day that is; UTC by default). The day comes from
 * the nominal time and not from the clock, so a retry after midnight or a rerun settles the same
 * day, and settling a day twice changes nothing. In a broadcast each node settles its share of
 * customers.
 */
final class SettleOrders implements Handler {
  private final Path defaultFolder;

  SettleOrders(Path defaultFolder) {
    this.defaultFolder = defaultFolder;
  }

  @Override
  public String handle(RunContext run) throws IOException {
    Path folder = Path.of(run.param("folder", defaultFolder.toString()));
    LocalDate day = day(run);
    OrderFile orders = new OrderFile(folder.resolve("orders-" + day + ".csv"));
    if (Files.notExists(orders.path())) {
      // They may come later, so the job's retry policy decides.
      throw new IOException("there are no orders of " + day + " in " + folder.toAbsolutePath());
    }
    run.log("settling " + day + " from " + orders.path() + (run.attempt() > 1 ? ", again" : ""));
    OrderFile.Sums sums = orders.sum(run);
    Settlement settlement = new Settlement(folder.resolve(name(run, day)));
    if (settlement.holds(sums)) {
      run.log(settlement.path() + " holds these sums already");
    } else {
      settlement.write(run, sums);
      run.log("wrote " + settlement.path());
    }
    run.progress(100, "settled");
    return String.format(
        Locale.ROOT,
        "settled %,d orders of %d customers, %,.2f in all",
        sums.orders(),
        sums.byCustomer().size(),
        sums.total());
  }

  private static String name(RunContext run, LocalDate day) {
    String part =
        run.shardTotal() == 1 ? "" : "-part-" + (run.shardIndex() + 1) + "-of-" + run.shardTotal();
    return "settlement-" + day + part + ".csv";
  }

  private static LocalDate day(RunContext run) {
    try {
      String date = run.param("date", "");
      ZoneId zone = ZoneId.of(run.param("timeZone", "UTC"));
      return date.isEmpty() ? LocalDate.ofInstant(run.nominalAt(), zone) : LocalDate.parse(date);
    } catch (DateTimeException e) {
      throw new NonRetryableException("params.date or params.timeZone: " + e.getMessage());
    }
  }
}
