package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.Golden;
import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImportTest {
  private static final Path INPUT = Path.of("src", "test", "resources", "import");

  @TempDir Path folder;

  private TestShell.Result call(String... words) {
    return new TestShell(folder).call(words);
  }

  private TestShell.Result piped(String input, String... words) {
    return new TestShell(folder).input(input).call(words);
  }

  @ParameterizedTest(
      name = "import {0} of {1}: manifests and report are as reviewed, and lint takes them")
  @CsvSource({
    "crontab, crontab.txt, ''",
    "crontab, system.txt, --system",
    "k8s, cronjobs.yaml, ''",
    "xxl-job, xxl-job.sql, ''"
  })
  void asReviewed(String kind, String file, String flag) throws IOException {
    String input = Files.readString(INPUT.resolve(file));
    String[] words =
        flag.isEmpty()
            ? new String[] {"import", kind, "-"}
            : new String[] {"import", kind, "-", flag};

    TestShell.Result result = piped(input, words);

    assertThat(result.exit()).as(result.err()).isZero();
    Golden.assertMatches("golden/import-" + file.replaceFirst("\\..*", "") + ".yaml", result.out());
    Golden.assertMatches("golden/import-" + file.replaceFirst("\\..*", "") + ".txt", result.err());
    TestShell.Result lint = piped(result.out(), "lint", "-f", "-");
    assertThat(lint.exit()).as(lint.err()).isZero();
  }

  @Test
  @DisplayName("-o writes a file for each document, and scripts that say what the crontab said")
  void folder() throws IOException {
    Path jobs = folder.resolve("jobs");

    TestShell.Result result =
        call(
            "import",
            "crontab",
            INPUT.resolve("crontab.txt").toString(),
            "--app",
            "shop",
            "-o",
            jobs.toString());

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).isEmpty();
    try (Stream<Path> files = Files.walk(jobs)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(f -> jobs.relativize(f).toString())
              .sorted()
              .toList();
      assertThat(names)
          .contains(
              "shop/app.yaml",
              "shop/backup.job.yaml",
              "shop/backup-2.job.yaml",
              "scripts/report.sh");
    }
    Golden.assertMatches(
        "golden/import-report.sh",
        Files.readString(jobs.resolve("scripts/report.sh")).replaceAll("# From .*/", "# From "));
    assertThat(call("lint", "-R", "-f", jobs.toString()).exit()).isZero();
    TestShell.Result again =
        call(
            "import",
            "crontab",
            INPUT.resolve("crontab.txt").toString(),
            "--app",
            "shop",
            "-o",
            jobs.toString());
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("exists already").hasLineCount(1);
  }

  @Test
  @DisplayName("the script of a crontab's line does what cron would do, standard input included")
  void scriptRuns() throws IOException, InterruptedException {
    Path jobs = folder.resolve("jobs");
    piped(
        "A='q'\n0 0 * * * printf \"$A\"; cat%one%100\\%\n",
        "import", "crontab", "-", "-o", jobs.toString());
    Path script = Files.list(jobs.resolve("scripts")).findFirst().orElseThrow();

    Process shell = new ProcessBuilder("/bin/sh", script.toString()).start();

    assertThat(
            new String(
                shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("qone\n100%\n");
    assertThat(shell.waitFor()).isZero();
  }

  @Test
  @DisplayName("XXL-JOB's tables come over as JSON as well")
  void json() {
    String json =
        """
        {"RECORDS": [{"id": 7, "jobGroup": 1, "jobDesc": "x", "scheduleType": "CRON",
          "scheduleConf": "0 0/5 * * * ?", "executorHandler": "seven", "glueType": "BEAN",
          "executorRouteStrategy": "RANDOM", "triggerStatus": 1}],
         "groups": [{"id": 1, "appName": "shop", "title": "Shop"}]}
        """;

    TestShell.Result result = piped(json, "import", "xxl-job", "-", "--zone", "Asia/Shanghai");

    assertThat(result.out()).contains("app: shop", "name: seven", "timeZone: Asia/Shanghai");
    assertThat(result.err()).contains("the next 100 agree").contains("1 of 1 jobs imported");
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> hostile() {
    String laughs = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 0; i < 9; i++) {
      char c = (char) ('a' + i);
      String alias = "*" + c + ",";
      laughs += (char) (c + 1) + ": &" + (char) (c + 1) + " [" + alias.repeat(10) + "x]\n";
    }
    return Stream.of(
        org.junit.jupiter.params.provider.Arguments.of("k8s", laughs, "aliases"),
        org.junit.jupiter.params.provider.Arguments.of("k8s", "[".repeat(50_000), "nested deeper"),
        org.junit.jupiter.params.provider.Arguments.of("k8s", "a: !!java.lang.Runtime {}", "tag"),
        org.junit.jupiter.params.provider.Arguments.of("k8s", "kind: Service\n", "no CronJob"),
        org.junit.jupiter.params.provider.Arguments.of("crontab", "hello world\n", "stdin:1"),
        org.junit.jupiter.params.provider.Arguments.of("crontab", "99 * * * * x\n", "minute"),
        org.junit.jupiter.params.provider.Arguments.of("crontab", "# nothing\n", "no entry"),
        org.junit.jupiter.params.provider.Arguments.of("crontab", "\0\1\2", "binary"),
        org.junit.jupiter.params.provider.Arguments.of(
            "xxl-job", "INSERT INTO xxl_job_info (id) VALUES ('open", "not closed"),
        org.junit.jupiter.params.provider.Arguments.of(
            "xxl-job", "INSERT INTO xxl_job_info (id, a) VALUES (1);", "1 values for 2 columns"),
        org.junit.jupiter.params.provider.Arguments.of(
            "xxl-job", "INSERT INTO xxl_job_info VALUES (1);", "--complete-insert"),
        org.junit.jupiter.params.provider.Arguments.of(
            "xxl-job", "INSERT INTO xxl_job_info (id) SELECT 1;", "VALUES is expected"),
        org.junit.jupiter.params.provider.Arguments.of("xxl-job", "/* open", "not closed"),
        org.junit.jupiter.params.provider.Arguments.of("xxl-job", "{\"a\":", "not whole JSON"),
        org.junit.jupiter.params.provider.Arguments.of(
            "xxl-job", "[".repeat(100_000), "not whole JSON"),
        org.junit.jupiter.params.provider.Arguments.of(
            "xxl-job", "SELECT 1;", "no row of xxl_job_info"));
  }

  @ParameterizedTest(name = "GO12: import {0} of wrong or hostile input ends with one line: {2}")
  @MethodSource("hostile")
  void hostileInput(String kind, String input, String told) {
    TestShell.Result result = piped(input, "import", kind, "-");

    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(told).hasLineCount(1);
  }

  @Test
  @DisplayName("an endless input is refused after 32 MB")
  void endless() {
    InputStream zeros =
        new InputStream() {
          @Override
          public int read() {
            return '#';
          }

          @Override
          public int read(byte[] into, int from, int length) {
            java.util.Arrays.fill(into, from, from + length, (byte) '#');
            return length;
          }
        };

    TestShell.Result result = new TestShell(folder).input(zeros).call("import", "crontab", "-");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("larger than 32 MB").hasLineCount(1);
  }

  @Test
  @DisplayName("text of the source cannot break out of its value in the manifest or in the report")
  void injection() {
    String sql =
        "INSERT INTO xxl_job_info (id, job_group, job_desc, author, schedule_type, executor_handler,"
            + " executor_param, glue_type) VALUES ('1\\nkind: App', 1, 'x\\n---\\nkind: App\\u001b[2J',"
            + " '}: *a', 'NONE', '!!x {', '\\nspec:\\n  handler: evil', 'BEAN');";

    TestShell.Result result = piped(sql, "import", "xxl-job", "-");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().split("(?m)^---$", -1)).hasSize(2);
    assertThat(piped(result.out(), "lint", "-f", "-").out())
        .isEqualTo("1 file, 2 manifests, no errors\n");
    assertThat(result.err()).doesNotContain("\u001b");
  }
}
