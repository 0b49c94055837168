package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.Problem;
import io.oasis.manifest.SourceFile;
import io.oasis.phrase.Saying;
import io.oasis.server.TestDatabase;
import io.oasis.ui.ProblemMessages;
import io.oasis.ui.row.ProblemWord;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
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
class ProblemWordsTest {
  private static final Pattern PLACE = Pattern.compile("<[a-z]+>");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  private static String words(Saying saying, String language) {
    return MessageBundles.get(ProblemMessages.class, Localized.Literal.of(language))
        .say(ProblemWord.valueOf(saying.name()));
  }

  private static Set<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @DisplayName("the console has words for what readers of manifests say, and for nothing else")
  void sameCodes() {
    assertThat(Stream.of(ProblemWord.values()).map(Enum::name))
        .containsExactlyElementsOf(Stream.of(Saying.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @EnumSource(Saying.class)
  @DisplayName(
      "each problem is worded in both languages with the same values, English as the CLI's")
  void bothLanguages(Saying saying) {
    assertThat(words(saying, "en")).isEqualTo(saying.english());
    assertThat(places(words(saying, "zh-CN"))).isEqualTo(places(saying.english()));
    if (saying != Saying.PLAIN) {
      assertThat(words(saying, "zh-CN")).containsPattern(HAN);
    }
  }

  @Test
  @DisplayName("what is wrong with a manifest is said in Chinese, hint and nested words included")
  void chineseSentences() {
    String manifest =
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: shop, name: Night Run}
        spec:
          schedule: {cron: "0 61 2 * * ?", timeZone: Asia/Shangai}
          handlr: settle
          routing: [1]
          params: text
          retry: {max: 101, backoff: 5}
          timeout: soon
          alarm: {mail: [nobody], on: [failre]}
        """;
    List<Problem> problems =
        new ManifestReader()
            .read(List.of(new SourceFile("x", manifest.getBytes(StandardCharsets.UTF_8))))
            .problems();
    Speech speech = new Speech(LocaleNegotiator.CHINESE, ZoneId.of("Asia/Shanghai"), Instant.EPOCH);

    assertThat(problems).hasSizeGreaterThan(9);
    assertThat(problems.stream().map(speech::problem))
        .contains(
            "“61”不能作为分钟：值 61 不在 [0, 59] 范围内；字段依次为：秒、分、时、日、月、星期",
            "未知时区“Asia/Shangai”；是否想写“Asia/Shanghai”？",
            "未知字段“handlr”；是否想写“handler”？",
            "这里不能是列表；请填写例如 round-robin 或 {strategy: broadcast, success: all}",
            "这里应为键值映射，现在是文本；请填写例如 {region: cn-east}",
            "5 没有单位；请填写 5s（秒）或 5m（分钟）",
            "“soon”不是时长；请填写例如 500ms、30s、10m、2h、1d 或 1h30m")
        .allSatisfy(sentence -> assertThat(sentence).containsPattern(HAN));
    Speech english = new Speech(Locale.ENGLISH, ZoneId.of("UTC"), Instant.EPOCH);
    assertThat(problems)
        .allSatisfy(
            problem -> assertThat(problem.toString()).endsWith("  " + english.problem(problem)));
  }
}
