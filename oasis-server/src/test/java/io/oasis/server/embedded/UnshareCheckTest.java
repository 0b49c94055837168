package io.oasis.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.util.LinuxUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnshareCheckTest {

  @Test
  @DisplayName(
      "what a native image asks this machine has the answer that the library finds on a JVM")
  void sameAsTheLibrary() {
    assertThat(UnshareCheck.isNeededAndWorks()).isEqualTo(LinuxUtils.isUnshareAvailable());
  }
}
