package io.oasis.samples.orders;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;

/** Makes up orders, the same ones for the same day each time. */
final class SampleOrders {
  private static final int CUSTOMERS = 40;
  private static final int HIGHEST_CENTS = 50_000;

  private SampleOrders() {}

  /**
   * Writes one file for each day.
   *
   * @param lastDay the newest day
   * @param days how many days up to it
   * @param ordersEach orders of one day
   */
  static void write(Path folder, LocalDate lastDay, int days, int ordersEach) throws IOException {
    Files.createDirectories(folder);
    for (int back = 0; back < days; back++) {
      LocalDate day = lastDay.minusDays(back);
      Random random = new Random(day.toEpochDay());
      try (BufferedWriter file =
          Files.newBufferedWriter(folder.resolve("orders-" + day + ".csv"))) {
        file.write("order,customer,amount\n");
        for (int i = 1; i <= ordersEach; i++) {
          int cents = 1 + random.nextInt(HIGHEST_CENTS);
          String customer = "C" + (100 + random.nextInt(CUSTOMERS));
          file.write("%s-%05d,%s,%d.%02d%n".formatted(day, i, customer, cents / 100, cents % 100));
        }
      }
    }
  }
}
