package io.oasis.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.server.identity.Access;
import io.oasis.server.identity.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupRolesTest {
  @Test
  @DisplayName(
      "of several roles in one place the strongest counts, and nobody has less than the default")
  void strongest() {
    GroupRoles rules =
        GroupRoles.parse("ops=operator, admins=admin, devs=billing:editor, ops=billing:viewer");
    assertThat(rules.of(List.of("ops", "devs"), Optional.of(Role.VIEWER)))
        .isEqualTo(new Access(Optional.of(Role.OPERATOR), Map.of("billing", Role.EDITOR)));
    assertThat(rules.of(List.of(), Optional.of(Role.VIEWER)))
        .isEqualTo(Access.everywhere(Role.VIEWER));
    assertThat(rules.of(List.of("others"), Optional.empty())).isEqualTo(Access.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ops", "ops=", "=admin", "ops=root", "ops=billing:root"})
  @DisplayName("what is no rule is refused with its text")
  void wrong(String text) {
    assertThatThrownBy(() -> GroupRoles.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  @DisplayName("an attempt comes back from the cookie as it went in, and nothing else is one")
  void attempt() {
    Attempt attempt = new Attempt("s", "n", "v", "/jobs?q=a.b");
    assertThat(Attempt.decode(attempt.encode())).contains(attempt);
    assertThat(Attempt.decode("a.b.c")).isEmpty();
    assertThat(Attempt.decode("a.b.c.%")).isEmpty();
  }
}
