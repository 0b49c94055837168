package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocaleNegotiatorTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zh",
        "zh-CN",
        "zh-Hans-CN",
        "zh-TW",
        "ZH_cn",
        "fr,zh-CN;q=0.5",
        "de;q=0.9, zh;q=0.8, en;q=0.7",
        "en;q=0.3, zh;q=0.8",
        " zh-CN , en"
      })
  @DisplayName("any Chinese that is preferred to English is answered in Chinese")
  void chinese(String header) {
    assertThat(LocaleNegotiator.negotiate(null, header)).isEqualTo(LocaleNegotiator.CHINESE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "en-GB,en;q=0.9,zh;q=0.1",
        "fr",
        "",
        "*",
        "zh;q=0, fr",
        "zh;q=high",
        ";;;,,,",
        "ja,ko;q=0.8"
      })
  @DisplayName("everything else is answered in English")
  void english(String header) {
    assertThat(LocaleNegotiator.negotiate(null, header)).isEqualTo(LocaleNegotiator.ENGLISH);
  }

  @ParameterizedTest
  @CsvSource({"zh-CN,en", "en,zh-CN"})
  @DisplayName("the viewer's own choice comes before the browser's")
  void cookieFirst(String chosen, String header) {
    assertThat(LocaleNegotiator.negotiate(chosen, header).toLanguageTag()).isEqualTo(chosen);
  }

  @Test
  @DisplayName("a choice that the console does not speak is no choice")
  void unknownChoice() {
    assertThat(LocaleNegotiator.negotiate("xx", "zh")).isEqualTo(LocaleNegotiator.CHINESE);
  }

  @Test
  @DisplayName("no cookie and no header is English")
  void nothing() {
    assertThat(LocaleNegotiator.negotiate(null, null)).isEqualTo(LocaleNegotiator.ENGLISH);
  }
}
