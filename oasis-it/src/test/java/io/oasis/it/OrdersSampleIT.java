package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Checkout;
import io.oasis.it.harness.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The sample application of the SDK, started as its README says. */
class OrdersSampleIT {
  private static Platform platform;
  private static Path orders;

  @BeforeAll
  static void start() {
    platform = Platform.start(OrdersSampleIT.class);
    var jobs =
        platform.write(
            "jobs.yaml",
            """
            apiVersion: oasis/v1
            kind: App
            metadata: {name: orders}
            spec: {title: 订单}
            ---
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: orders, name: settle}
            spec:
              title: 每日清算
              schedule: {cron: "0 30 2 * * ?", timeZone: Asia/Shanghai}
              handler: settle-orders
              retry: {max: 2, backoff: 1s}
            """);
    platform.cli().call("apply", "-f", jobs.toString()).ok();
    orders = platform.folder().resolve("orders");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var jar = Checkout.path("oasis-executor/samples/orders/target/oasis-sample-orders-0.1.0.jar");
    platform.startExecutor(
        "orders",
        List.of(java, "-Xmx128m", "-jar", jar.toString()),
        Map.of("ORDERS_FOLDER", orders.toString()));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  @DisplayName(
      "a handler of an application settles a day's orders and says so in its log and result")
  void settlesTheOrdersOfADay() throws Exception {
    var run = platform.awaitFinal(platform.trigger("orders/settle"));

    assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
    assertThat(run.path("result").asText()).startsWith("settled ");
    long id = run.path("id").asLong();
    Await.until("the whole log", Duration.ofSeconds(120), () -> platform.isLogComplete(id));
    assertThat(platform.logLines(id)).anySatisfy(line -> assertThat(line).startsWith("settling "));
    try (var files = Files.list(orders)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .anySatisfy(name -> assertThat(name).startsWith("settlement-"));
    }
  }
}
