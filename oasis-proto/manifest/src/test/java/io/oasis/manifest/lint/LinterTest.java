package io.oasis.manifest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:48:00Z");
  private static final Path EXAMPLES = Path.of("..", "..", "docs", "examples");

  private static List<String> lint(String text) {
    SourceFile file = new SourceFile("a.yaml", text.getBytes(StandardCharsets.UTF_8));
    return Linter.lint(new ManifestReader().read(List.of(file)), NOW).stream()
        .map(Finding::toString)
        .toList();
  }

  private static List<String> job(String... specLines) {
    StringBuilder text =
        new StringBuilder("apiVersion: oasis/v1\nkind: Job\nmetadata: {app: a, name: j}\nspec:\n");
    for (String line : specLines) {
      text.append("  ").append(line).append('\n');
    }
    if (Stream.of(specLines).noneMatch(l -> l.startsWith("handler"))) {
      text.append("  handler: h\n");
    }
    return lint(text.toString());
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("each doubtful schedule is one warning at its field, with the id of its rule")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {cron: "* * * * * ?"} | a.yaml:5:20  spec.schedule.cron  warning: the job fires every second: 86,400 runs a day; write 0 as the first field to fire every minute, or blocking: discard if it is meant (cron-every-second)
          {cron: "0 2 * * *"} | a.yaml:5:20  spec.schedule.cron  warning: a time of day without a time zone is that of the server's configuration; write timeZone, for example Asia/Shanghai or UTC (time-zone-missing)
          {cron: "30 2 * * *", timeZone: America/New_York} | a.yaml:5:20  spec.schedule.cron  warning: on 2027-03-14 the clock of America/New_York jumps over 02:30; the job fires at 03:00 then; write gap: shift or gap: skip, or choose another hour (clock-gap)
          {cron: "30 1 * * *", timeZone: America/New_York} | a.yaml:5:20  spec.schedule.cron  warning: on 2027-11-07 the clock of America/New_York shows 01:30 twice; the job fires the first time only; write overlap: first or overlap: both, or choose another hour (clock-overlap)
          {at: 2026-01-01T00:00:00Z} | a.yaml:5:18  spec.schedule.at  warning: the time of job a/j is over (at 2026-01-01 00:00 Z); choose a later time, or add ifPast: run or ifPast: skip (one-time-past)
          {fixedRate: 1h, end: 2026-01-01T00:00:00Z} | a.yaml:5:34  spec.schedule.end  warning: the schedule never fires again; choose later times, or remove the job (never-fires)
          """)
  void schedules(String schedule, String told) {
    assertThat(job("schedule: " + schedule)).containsExactly(told);
  }

  @Test
  @DisplayName("a warning falls silent when its author writes out what he means")
  void silent() {
    String zone = "timeZone: America/New_York";

    assertThat(job("schedule: {cron: '30 2 * * *', gap: shift, " + zone + "}")).isEmpty();
    assertThat(job("schedule: {cron: '30 1 * * *', overlap: first, " + zone + "}")).isEmpty();
    assertThat(job("schedule: {cron: '*/15 * * * *'}")).isEmpty();
    assertThat(job("schedule: {cron: '* * * * *'}", "timeout: 5m", "blocking: serial")).isEmpty();
    assertThat(job("schedule: {cron: '30 2 * * *', timeZone: Asia/Shanghai}")).isEmpty();
  }

  @Test
  @DisplayName("limits, alarms and secrets that look forgotten are warnings")
  void others() {
    assertThat(job("schedule: none", "handler: script"))
        .containsExactly(
            "a.yaml:6:12  spec.handler  warning: a run of handler `script` may last for ever; add a"
                + " limit, for example timeout: 10m (timeout-missing)");
    assertThat(job("schedule: {fixedRate: 1m}", "timeout: 5m"))
        .containsExactly(
            "a.yaml:6:12  spec.timeout  warning: a run may last 5m, but the next is due after 1m:"
                + " runs would queue; shorten the timeout, or write blocking: discard, parallel or"
                + " serial (timeout-exceeds-period)");
    assertThat(job("schedule: none", "alarm: {on: [failure]}"))
        .singleElement()
        .asString()
        .contains("a.yaml:6:10  spec.alarm  ")
        .endsWith("(alarm-without-recipient)");
    assertThat(job("schedule: none", "params: {dbPassword: x, token: {secretRef: t}}"))
        .singleElement()
        .asString()
        .startsWith("a.yaml:6:24  spec.params.dbPassword  ")
        .endsWith("(plain-secret)");
  }

  @Test
  @DisplayName("an alarm for an owner whom neither the job nor its app has is a warning")
  void nobody() {
    String app = "apiVersion: oasis/v1\nkind: App\nmetadata: {name: a}\n---\n";
    String job =
        "apiVersion: oasis/v1\nkind: Job\nmetadata: {app: a, name: j}\n"
            + "spec: {schedule: none, handler: h, alarm: {on: [failure], mail: [owner]}}\n";

    assertThat(lint(app + job)).singleElement().asString().contains("spec.alarm.mail");
    assertThat(lint(job)).isEmpty();
  }

  @Test
  @DisplayName("mistakes are errors, beside the warnings of the documents that are right")
  void errorsToo() {
    List<String> found =
        lint(
            "apiVersion: oasis/v1\nkind: Job\nmetadata: {app: a, name: j}\n"
                + "spec: {schedule: none, handler: script}\n---\nkind: App\n");

    assertThat(found)
        .anyMatch(line -> line.endsWith("(timeout-missing)"))
        .contains("a.yaml:6:1  apiVersion  `apiVersion` is missing; write apiVersion: oasis/v1");
  }

  @Test
  @DisplayName("the examples of the docs have no finding")
  void examples() throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (Stream<Path> list = Files.list(EXAMPLES)) {
      for (Path file : list.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        files.add(new SourceFile(file.getFileName().toString(), Files.readAllBytes(file)));
      }
    }

    assertThat(files).hasSizeGreaterThan(5);
    assertThat(Linter.lint(new ManifestReader().read(files), NOW)).isEmpty();
  }
}
