package io.oasis.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AlarmSinkTest {
  @Test
  @DisplayName("why nothing was delivered is never \"null\": a failure without words says its kind")
  void words() {
    assertThat(AlarmSink.words(new IOException("connection reset"))).isEqualTo("connection reset");
    assertThat(AlarmSink.words(new ConnectException())).isEqualTo("ConnectException");
  }
}
