package io.oasis.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @Test
  @DisplayName("Several addresses are separated by commas, https means TLS")
  void severalAddressesAreRead() {
    assertThat(
            ServerAddress.parseAll(
                " localhost:8080, http://a.example.com:81/,https://b.example.com,c,[::1]:9090,"))
        .containsExactly(
            new ServerAddress("localhost", 8080, false),
            new ServerAddress("a.example.com", 81, false),
            new ServerAddress("b.example.com", 443, true),
            new ServerAddress("c", 8080, false),
            new ServerAddress("[::1]", 9090, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a:1", "a:0", "a:99999", "a b", "http://", "a/path", "a:x"})
  @DisplayName("What is no address is named")
  void whatIsNoAddressIsNamed(String wrong) {
    assertThatThrownBy(() -> ServerAddress.parseAll("ok:1," + wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + wrong + "\" is no server address; write host:port or https://host:port");
  }
}
