package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference for users says what the reader does. */
class ManifestDocsTest {
  private static final Path REFERENCE = Path.of("..", "..", "docs", "manifest.md");
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  /** Fields as they stand in the hints that list what is allowed. */
  private static final Pattern ALLOWED = Pattern.compile("use one of ([\\w, ]+)");

  private static String reference() throws IOException {
    return Files.readString(REFERENCE);
  }

  @Test
  void everyExampleOfTheReferenceIsRight() throws IOException {
    List<String> examples =
        BLOCK.matcher(reference()).results().map(match -> match.group(1)).toList();

    assertThat(examples).hasSizeGreaterThan(8);
    for (String example : examples) {
      String text =
          example.startsWith("apiVersion") ? example : Read.job(example.strip().split("\n"));
      assertThat(Read.problems(text)).as(example).isEmpty();
    }
  }

  @Test
  void theMistakeInTheReferenceIsToldAsItSays() throws IOException {
    String told =
        reference()
            .lines()
            .filter(line -> line.startsWith("jobs/billing.yaml"))
            .findFirst()
            .orElseThrow();

    assertThat(Read.problem("schedule: {cron: \"@daily\", timeZone: Asia/Shangai}"))
        .endsWith(told.substring(told.indexOf("  spec")));
  }

  @Test
  void everyFieldThatTheReaderKnowsIsInTheReference() throws IOException {
    String wrong = "{qqqqqqqq: 1}";
    String spec = Read.job("qqqqqqqq: 1");
    Stream<String> asked =
        Stream.of(
            "{apiVersion: oasis/v1, kind: App, metadata: " + wrong + ", spec: " + wrong + "}",
            spec,
            spec.replace("billing, name", "billing, qqqqqqqq: 1, name"),
            Read.job("schedule: {cron: '@daily', qqqqqqqq: 1}"),
            Read.job("schedule: {fixedRate: 1m, qqqqqqqq: 1}"),
            Read.job("schedule: {fixedDelay: 1m, qqqqqqqq: 1}"),
            Read.job("schedule: {at: 2026-12-01, qqqqqqqq: 1}"),
            Read.job("misfire: {policy: all, qqqqqqqq: 1}"),
            Read.job("routing: {strategy: broadcast, qqqqqqqq: 1, success: " + wrong + "}"),
            Read.job("blocking: {strategy: parallel, qqqqqqqq: 1}"),
            Read.job("retry: " + wrong),
            Read.job("timeout: " + wrong),
            Read.job("owner: " + wrong),
            Read.job("alarm: " + wrong));
    Set<String> fields = new TreeSet<>();
    asked
        .flatMap(text -> Read.problems(text).stream())
        .filter(problem -> problem.contains("unknown field"))
        .forEach(
            problem ->
                ALLOWED
                    .matcher(problem)
                    .results()
                    .map(MatchResult::group)
                    .forEach(found -> fields.addAll(List.of(found.substring(11).split(", ")))));

    assertThat(fields).contains("timeZone", "killGrace", "onLost", "labels", "percent", "email");
    String reference = reference();
    assertThat(fields)
        .allMatch(field -> Pattern.compile("\\b" + field + "\\b").matcher(reference).find());
  }
}
