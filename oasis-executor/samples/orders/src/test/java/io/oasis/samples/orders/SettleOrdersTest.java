package io.oasis.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettleOrdersTest {
  @TempDir Path folder;

  private TestRun run() {
    return TestRun.of(new SettleOrders(folder)).nominalAt(Instant.parse("2026-03-01T02:30:00Z"));
  }

  private void orders(String day, String... lines) throws IOException {
    Files.writeString(
        folder.resolve("orders-" + day + ".csv"),
        "order,customer,amount\n" + String.join("\n", lines) + "\n");
  }

  private List<String> settlement(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  @Test
  @DisplayName("The orders of the nominal day are added up by customer")
  void ordersAreAddedUpByCustomer() throws IOException {
    orders("2026-03-01", "1,ann,10.50", "2,bob,1", "3,ann,0.25");

    TestRun.Result result = run().attempt(1, 3).run();

    assertThat(result.result()).isEqualTo("settled 3 orders of 2 customers, 11.75 in all");
    assertThat(settlement("settlement-2026-03-01.csv"))
        .containsExactly("# run 1 epoch 3", "customer,amount", "ann,10.75", "bob,1");
    assertThat(result.context().percent()).isEqualTo(100);
  }

  @Test
  @DisplayName("The day is that of the job's time zone")
  void dayIsThatOfTheTimeZone() throws IOException {
    orders("2026-02-28", "1,ann,2");

    TestRun.Result result = run().param("timeZone", "America/New_York").run();

    assertThat(result.succeeded()).isTrue();
  }

  @Test
  @DisplayName("Settling a day twice changes nothing")
  void settlingTwiceChangesNothing() throws IOException {
    orders("2026-03-01", "1,ann,10.50");
    run().runId(1).run();

    TestRun.Result again = run().runId(2).run();

    assertThat(again.succeeded()).isTrue();
    assertThat(settlement("settlement-2026-03-01.csv")).first().isEqualTo("# run 1 epoch 1");
  }

  @Test
  @DisplayName("FN4: an older epoch does not overwrite what a newer one has written")
  void olderEpochDoesNotOverwrite() throws IOException {
    orders("2026-03-01", "1,ann,10.50");
    run().attempt(2, 5).run();
    orders("2026-03-01", "1,ann,99");

    TestRun.Result late = run().attempt(1, 4).run();

    assertThat(late.failure()).hasMessage("epoch 5 of this run has written already");
    assertThat(settlement("settlement-2026-03-01.csv")).contains("ann,10.50");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  @DisplayName("The parts of a broadcast add up to the whole")
  void partsOfBroadcastAddUp() throws IOException {
    SampleOrders.write(folder, LocalDate.parse("2026-03-01"), 1, 500);

    run().shard(0, 2).run();
    run().shard(1, 2).run();
    TestRun.Result whole = run().run();

    int customers =
        settlement("settlement-2026-03-01-part-1-of-2.csv").size()
            + settlement("settlement-2026-03-01-part-2-of-2.csv").size()
            - 4;
    assertThat(whole.result()).startsWith("settled 500 orders of " + customers + " customers");
  }

  @Test
  @DisplayName("A wrong line is named and not tried again")
  void wrongLineIsNamed() throws IOException {
    orders("2026-03-01", "1,ann,10.50", "2,bob,ten");

    TestRun.Result result = run().run();

    assertThat(result.failure()).hasMessage("orders-2026-03-01.csv:3 amount \"ten\" is no number");
    assertThat(result.isRetryable()).isFalse();
  }

  @Test
  @DisplayName("Missing orders may come later: the run can be tried again")
  void missingOrdersMayComeLater() {
    TestRun.Result result = run().param("date", "2026-03-02").run();

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.failure()).hasMessageStartingWith("there are no orders of 2026-03-02 in ");
  }

  @Test
  @DisplayName("A cancelled settlement writes nothing")
  void cancelledSettlementWritesNothing() throws IOException {
    SampleOrders.write(folder, LocalDate.parse("2026-03-01"), 1, 1_000);

    run().cancelled("killed by wang").run();

    assertThat(folder.resolve("settlement-2026-03-01.csv")).doesNotExist();
  }
}
