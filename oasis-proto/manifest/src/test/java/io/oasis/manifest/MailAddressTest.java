package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailAddressTest {
  @Test
  @DisplayName("one address passes, also of a name that is not ASCII or a host without a dot")
  void addresses() {
    assertThat(
            new String[] {"li@example.com", "a.b+c@mail.example.com", "李@例子.中国", "ops@localhost"})
        .allMatch(MailAddress::isValid);
  }

  @Test
  @DisplayName("no address, two, a header smuggled in and what is too long do not pass")
  void others() {
    assertThat(
            new String[] {
              "",
              "zz",
              "@example.com",
              "li@",
              "a@b@c",
              "li@example.com,x@y.z",
              "Li <li@example.com>",
              "li@example.com\r\nBcc: x@y.z",
              "li\u0000@example.com",
              "x".repeat(MailAddress.LONGEST) + "@example.com"
            })
        .noneMatch(MailAddress::isValid);
  }
}
