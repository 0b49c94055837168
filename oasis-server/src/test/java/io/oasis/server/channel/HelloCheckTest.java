package io.oasis.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.v1.Hello;
import io.oasis.executor.v1.RunRef;
import java.util.Collections;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HelloCheckTest {

  @Test
  @DisplayName("a Hello at the limits can be used")
  void good() {
    Hello.Builder hello =
        base()
            .setApp("a".repeat(63))
            .setNodeId("A.b_c-9".repeat(10))
            .setSlots(10_000)
            .putLabels("zone", "b, 东");
    IntStream.range(0, 999).forEach(i -> hello.addHandlers("handler-" + i));

    assertThat(HelloCheck.problem(hello.build())).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @DisplayName("the first thing that is wrong is named")
  void bad(String field, UnaryOperator<Hello.Builder> change) {
    assertThat(HelloCheck.problem(change.apply(base()).build()))
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith(field + ":").doesNotContain("\n"));
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        wrong("app", h -> h.setApp("")),
        wrong("app", h -> h.setApp("Billing")),
        wrong("app", h -> h.setApp("a\nb")),
        wrong("node_id", h -> h.setNodeId("")),
        wrong("node_id", h -> h.setNodeId("x".repeat(101))),
        wrong("node_id", h -> h.setNodeId("two words")),
        wrong("slots", h -> h.setSlots(0)),
        wrong("slots", h -> h.setSlots(10_001)),
        wrong("address", h -> h.setAddress("x".repeat(201))),
        wrong("sdk_version", h -> h.setSdkVersion("a\0b")),
        wrong("app_version", h -> h.setAppVersion("a\tb")),
        wrong("handlers", h -> h.addHandlers("")),
        wrong("handlers", h -> h.addAllHandlers(Collections.nCopies(1_000, "h"))),
        wrong("labels", h -> h.putLabels("", "x")),
        wrong("labels", h -> h.putLabels("zone", "x".repeat(201))),
        wrong(
            "in_flight",
            h -> h.addAllInFlight(Collections.nCopies(10_001, RunRef.getDefaultInstance()))));
  }

  private static Arguments wrong(String field, UnaryOperator<Hello.Builder> change) {
    return Arguments.of(field, change);
  }

  private static Hello.Builder base() {
    return Hello.newBuilder().setApp("billing").setNodeId("n-1").setSlots(1).addHandlers("settle");
  }
}
