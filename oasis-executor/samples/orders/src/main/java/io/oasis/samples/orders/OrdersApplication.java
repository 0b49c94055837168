package io.oasis.samples.orders;

import io.oasis.executor.Executor;
import io.oasis.executor.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Offers the handlers "settle-orders" and "receive-orders". Reads OASIS_SERVER, OASIS_APP,
 * OASIS_TOKEN, and ORDERS_FOLDER (by default {@code orders-data}), which is filled with a week of
 * made-up orders when it does not exist.
 */
public final class OrdersApplication {
  private static final int SAMPLE_DAYS = 7;
  private static final int SAMPLE_ORDERS = 2_000;

  private OrdersApplication() {}

  /** Starts the application; it ends with the process. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(System.getenv().getOrDefault("ORDERS_FOLDER", "orders-data"));
    if (Files.notExists(folder)) {
      LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
      SampleOrders.write(folder, today, SAMPLE_DAYS, SAMPLE_ORDERS);
    }
    try {
      Executor.fromEnvironment()
          .handler("settle-orders", new SettleOrders(folder))
          .action("receive-orders", run -> receive(folder, run))
          .start();
    } catch (IllegalStateException e) {
      System.err.println("orders: " + e.getMessage());
      System.exit(2);
    }
  }

  /** Makes up the orders of the run's day; the same ones if it is run twice. */
  private static void receive(Path folder, RunContext run) throws IOException {
    LocalDate day = LocalDate.ofInstant(run.nominalAt(), ZoneOffset.UTC);
    SampleOrders.write(folder, day, 1, SAMPLE_ORDERS);
    run.log("received " + SAMPLE_ORDERS + " orders of " + day);
  }
}
