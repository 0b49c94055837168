package io.oasis.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final Access MIXED =
      new Access(Optional.of(Role.VIEWER), Map.of("billing", Role.EDITOR, "search", Role.OPERATOR));

  @Test
  @DisplayName("a role in an app adds to the role everywhere and says nothing about other apps")
  void appRoleAdds() {
    assertThat(MIXED.may(Permission.JOB_WRITE, "billing")).isTrue();
    assertThat(MIXED.may(Permission.JOB_WRITE, "search")).isFalse();
    assertThat(MIXED.may(Permission.JOB_READ, "other")).isTrue();
    assertThat(MIXED.mayEverywhere(Permission.JOB_RUN)).isFalse();
    assertThat(MIXED.maySomewhere(Permission.JOB_RUN)).isTrue();
    assertThat(MIXED.maySomewhere(Permission.TOKEN_WRITE)).isFalse();
  }

  @Test
  @DisplayName("the reach of a permission is the apps in which somebody has it")
  void reach() {
    assertThat(MIXED.reach(Permission.JOB_READ)).isEqualTo(new Reach.Everything());
    assertThat(MIXED.reach(Permission.JOB_RUN))
        .isEqualTo(new Reach.Only(Set.of("billing", "search")));
    assertThat(MIXED.reach(Permission.JOB_WRITE)).isEqualTo(new Reach.Only(Set.of("billing")));
    assertThat(Access.NONE.reach(Permission.JOB_READ)).isEqualTo(new Reach.Only(Set.of()));
  }

  @Test
  @DisplayName("asking for an app beyond the reach gives nothing, not everything")
  void beyond() {
    Reach billing = new Reach.Only(Set.of("billing"));
    assertThat(billing.within(Optional.of("billing"))).isEqualTo(billing);
    assertThat(billing.within(Optional.of("search"))).isEqualTo(new Reach.Only(Set.of()));
    assertThat(billing.within(Optional.empty())).isEqualTo(billing);
    assertThat(new Reach.Everything().within(Optional.of("search")))
        .isEqualTo(new Reach.Only(Set.of("search")));
  }

  @Test
  @DisplayName("an audit entry belongs to the app that its object names")
  void auditApp() {
    assertThat(AuditStore.app("job billing/nightly")).contains("billing");
    assertThat(AuditStore.app("app billing")).contains("billing");
    assertThat(AuditStore.app("run 48213 of billing/nightly")).contains("billing");
    assertThat(AuditStore.app("account billing")).isEmpty();
    assertThat(AuditStore.app("token 7")).isEmpty();
  }
}
