package io.oasis.phrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PhraseTest {
  @Test
  @DisplayName("arguments go to the places in their order, and one that stands twice counts once")
  void placesInOrder() {
    Phrase phrase = Saying.ADD_A_UNIT.of(90);

    assertThat(phrase.arguments()).isEqualTo(Map.of("text", "90"));
    assertThat(phrase).hasToString("write 90s for seconds or 90m for minutes");
  }

  @Test
  @DisplayName("a phrase inside another is worded in the same language")
  void nested() {
    Phrase phrase = Saying.WRONG_KIND.of(Saying.A_LIST.of(), Saying.TEXT.of());

    assertThat(phrase).hasToString("this must be a list, it is text");
    assertThat(phrase.in(saying -> saying == Saying.WRONG_KIND ? "<kind> → <wanted>" : "X"))
        .isEqualTo("X → X");
  }

  @Test
  @DisplayName("what looks like a place in a user's text stays what it is")
  void userTextIsNoPattern() {
    assertThat(Saying.NOT_KNOWN.of("<words> $1 \\"))
        .hasToString("`<words> $1 \\` is not known here");
  }

  @Test
  @DisplayName("too few and too many arguments are mistakes of the program")
  void wrongCount() {
    assertThatIllegalArgumentException().isThrownBy(() -> Saying.NOT_KNOWN.of());
    assertThatIllegalArgumentException().isThrownBy(() -> Saying.NO_VALUE.of("x"));
  }
}
