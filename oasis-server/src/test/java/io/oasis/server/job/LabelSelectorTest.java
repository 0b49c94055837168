package io.oasis.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.job.LabelSelector.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

  @Test
  @DisplayName("a selector is read part by part, with lists in brackets")
  void parts() {
    LabelSelector selector =
        LabelSelector.parse("team=payments, env != dev,tier in (a, b),zone notin (x),big,!old")
            .orElseThrow();

    assertThat(selector.parts())
        .containsExactly(
            new Part("team", Optional.of(List.of("payments")), false),
            new Part("env", Optional.of(List.of("dev")), true),
            new Part("tier", Optional.of(List.of("a", "b")), false),
            new Part("zone", Optional.of(List.of("x")), true),
            new Part("big", Optional.empty(), false),
            new Part("old", Optional.empty(), true));
  }

  @ParameterizedTest(name = "\"{0}\" is no selector")
  @ValueSource(strings = {"", "=a", "a=b,", "a in b", "a in (b", "a b", "a=(b)", "a in (b)(c)"})
  void nonsense(String text) {
    assertThat(LabelSelector.parse(text)).isEmpty();
  }

  @Test
  @DisplayName("an index finds the plain equalities, the rest is asked for beside them")
  void exact() {
    LabelSelector selector = LabelSelector.parse("a=1,a=2,b!=3,c in (4)").orElseThrow();

    assertThat(selector.exact()).isEqualTo(Map.of("a", "1", "c", "4"));
    assertThat(selector.others())
        .containsExactly(
            Map.of("key", "a", "values", List.of("2"), "negated", false),
            Map.of("key", "b", "values", List.of("3"), "negated", true));
  }
}
