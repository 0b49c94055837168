package io.oasis.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoleTest {

  @Test
  @DisplayName("each role may do everything that the one before it may")
  void rolesAreOrdered() {
    Role[] roles = Role.values();
    for (int i = 1; i < roles.length; i++) {
      for (Permission permission : Permission.values()) {
        if (roles[i - 1].may(permission)) {
          assertThat(roles[i].may(permission)).as("%s %s", roles[i], permission).isTrue();
        }
      }
    }
  }

  @Test
  @DisplayName("a viewer changes nothing, an operator no job's meaning, an editor no token")
  void limits() {
    assertThat(Role.VIEWER.may(Permission.JOB_RUN)).isFalse();
    assertThat(Role.OPERATOR.may(Permission.JOB_RUN)).isTrue();
    assertThat(Role.OPERATOR.may(Permission.JOB_WRITE)).isFalse();
    assertThat(Role.EDITOR.may(Permission.JOB_WRITE)).isTrue();
    assertThat(Role.EDITOR.may(Permission.TOKEN_WRITE)).isFalse();
    assertThat(Role.ADMIN.may(Permission.TOKEN_WRITE)).isTrue();
  }
}
