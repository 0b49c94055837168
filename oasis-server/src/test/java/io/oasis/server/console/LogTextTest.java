package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "E[31mredE[0m | red",
        "E[1;38;5;208mboldE[m text | bold text",
        "E]0;titleBplain | plain",
        "E]8;;https://example.comE\\linkE]8;;E\\ end | link end",
        "E(Bascii | ascii",
        "E[2K progress | ' progress'",
        "openE[ | open"
      })
  @DisplayName("LG5: terminal sequences are taken out")
  void terminalSequences(String line, String shown) {
    String real = line.replace("E", "\u001b").replace("B", "\u0007");

    assertThat(LogText.plain(real.replace("\u0007ascii", "Bascii"))).isEqualTo(shown);
  }

  @Test
  @DisplayName("LG5: control characters and those that turn the text around are taken out")
  void controlCharacters() {
    assertThat(LogText.plain("a\u0000b\u0008c\td\u202ee\u2066f")).isEqualTo("abc\tdef");
  }

  @Test
  @DisplayName("of a progress bar that overwrites itself the last state is shown")
  void progressBar() {
    assertThat(LogText.plain("10 %\r50 %\r100 %\r")).isEqualTo("100 %");
  }

  @Test
  @DisplayName("HTML is left to the template, which escapes it")
  void markup() {
    assertThat(LogText.plain("<b>&amp;</b>")).isEqualTo("<b>&amp;</b>");
  }

  @Test
  @DisplayName("LG5: a megabyte of escapes is done in linear time")
  void megabyte() {
    String line = "\u001b[".repeat(500_000);

    assertThat(LogText.plain(line)).isEmpty();
  }
}
