package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Remark;
import io.oasis.ui.RemarkMessages;
import io.oasis.ui.row.RemarkWord;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RemarkWordsTest {
  private static final Pattern PLACE = Pattern.compile("<([a-z]+)>");

  private static Speech speech(Locale locale) {
    return new Speech(locale, ZoneId.of("Asia/Shanghai"), Instant.EPOCH);
  }

  private static String why(ReasonCode reason, String message) {
    return speech(LocaleNegotiator.CHINESE).why(Optional.of(reason.name()), Optional.of(message));
  }

  private static Set<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(place -> place.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @DisplayName("the console has words for what the engine remarks, and for nothing else")
  void sameRemarks() {
    assertThat(Stream.of(RemarkWord.values()).map(Enum::name))
        .containsExactlyElementsOf(Stream.of(Remark.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @EnumSource(Remark.class)
  @DisplayName("each remark is worded in both languages with the same values, and found again")
  void bothLanguages(Remark remark) {
    RemarkWord word = RemarkWord.valueOf(remark.name());
    String chinese =
        MessageBundles.get(RemarkMessages.class, Localized.Literal.of("zh-CN")).say(word);

    assertThat(MessageBundles.get(RemarkMessages.class, Localized.Literal.of("en")).say(word))
        .isEqualTo(remark.english());
    assertThat(chinese).containsPattern("\\p{IsHan}");
    assertThat(places(chinese)).isEqualTo(places(remark.english()));

    Object[] values = PLACE.matcher(remark.english()).results().map(place -> "7").toArray();
    assertThat(Remark.read(remark.text(values)))
        .hasValueSatisfying(
            read -> {
              assertThat(read.remark()).isEqualTo(remark);
              assertThat(read.values().keySet()).isEqualTo(places(remark.english()));
              assertThat(read.values().values()).allMatch("7"::equals);
            });
  }

  @Test
  @DisplayName("in Chinese the engine's remarks are Chinese, and what others said stays as it is")
  void chinese() {
    assertThat(why(ReasonCode.WAITING_SLOT, Remark.SLOT_HELD.text(47990)))
        .isEqualTo("该任务的调度记录 47990 占用着执行权");
    assertThat(why(ReasonCode.KILL_REQUESTED, Remark.KILLED_BY_WHY.text("wang", "month end")))
        .isEqualTo("由 wang 终止：month end");
    assertThat(
            why(
                ReasonCode.QUEUE_TIMEOUT,
                Remark.WAITED_TOO_LONG.text()
                    + "; "
                    + Remark.LAST.text(Remark.SLOTS_TAKEN.text(3))))
        .isEqualTo("等待超过了排队超时；最近一次：3 个节点的执行槽都已占满");
    assertThat(why(ReasonCode.MEMBERS_FAILED, Remark.MEMBERS.text(2, 3) + "; node-7: exit 2"))
        .endsWith(" · 3 个成员中 2 个成功；node-7: exit 2");
    assertThat(why(ReasonCode.HANDLER_FAILED, "timeout after 5 s")).isEqualTo("timeout after 5 s");
    assertThat(why(ReasonCode.INTERNAL, "something else")).endsWith(" · something else");
  }

  @Test
  @DisplayName("in English a remark stands as it was kept")
  void english() {
    String kept = Remark.TIMEOUT.text(5);

    assertThat(
            speech(Locale.ENGLISH)
                .why(Optional.of(ReasonCode.RUN_TIMEOUT.name()), Optional.of(kept)))
        .isEqualTo("timeout after 5 s");
  }
}
