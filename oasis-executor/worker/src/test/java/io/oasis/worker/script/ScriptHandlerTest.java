package io.oasis.worker.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.LogStream;
import io.oasis.executor.NonRetryableException;
import io.oasis.executor.testing.FakeRunContext;
import io.oasis.executor.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptHandlerTest {
  @TempDir Path folder;

  private Path script(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private TestRun run(String script) {
    return TestRun.of(new ScriptHandler(AllowedScripts.of(List.of(folder)), false))
        .param("script", script);
  }

  private static TestRun inline(String text) {
    return TestRun.of(new ScriptHandler(AllowedScripts.of(List.of()), true)).param("inline", text);
  }

  @Test
  @DisplayName("The last line of the output is the result, and both outputs are in the log")
  void lastLineIsTheResult() throws IOException {
    script("report.sh", "echo first", "echo warning >&2", "echo '42 rows'", "echo");

    TestRun.Result result = run("report.sh").run();

    assertThat(result.result()).isEqualTo("42 rows");
    assertThat(result.context().lines())
        .contains(
            new FakeRunContext.Line(LogStream.STDOUT, "first"),
            new FakeRunContext.Line(LogStream.STDERR, "warning"),
            new FakeRunContext.Line(LogStream.STDOUT, "42 rows"));
  }

  @Test
  @DisplayName("Params, run and nominal time are in the environment, the worker's token is not")
  void environmentTellsAboutTheRun() throws IOException {
    script(
        "env.sh",
        "echo \"$OASIS_PARAM_REGION_ID|$OASIS_RUN_ID|$OASIS_JOB|$OASIS_ATTEMPT|$OASIS_EPOCH\"",
        "echo \"$OASIS_NOMINAL_AT|$OASIS_SHARD_INDEX/$OASIS_SHARD_TOTAL|${OASIS_TOKEN-none}\"");

    TestRun.Result result =
        run("env.sh")
            .param("region-id", "cn-east; echo injected")
            .runId(7)
            .attempt(2, 5)
            .shard(1, 3)
            .nominalAt(Instant.parse("2026-03-01T02:30:00Z"))
            .run();

    assertThat(result.log())
        .containsExactly("cn-east; echo injected|7|test/job|2|5", "2026-03-01T02:30:00Z|1/3|none");
  }

  @Test
  @DisplayName("Arguments are split on white space and never seen by a shell")
  void argumentsAreNotSeenByAShell() throws IOException {
    script("args.sh", "printf '%s\\n' \"$@\"");

    TestRun.Result result = run("args.sh").param("args", " --all  $HOME ;rm").run();

    assertThat(result.log()).containsExactly("--all", "$HOME", ";rm");
  }

  @Test
  @DisplayName("A script without the execute bit is run by /bin/sh")
  void scriptWithoutExecuteBitIsRun() throws IOException {
    Path file = script("plain.sh", "echo ran");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(run("plain.sh").run().result()).isEqualTo("ran");
  }

  @Test
  @DisplayName("An exit code other than 0 fails the run and may be tried again")
  void exitCodeFailsTheRun() {
    TestRun.Result result = inline("exit 2").run();

    assertThat(result.failure()).hasMessage("exit 2");
    assertThat(result.isRetryable()).isTrue();
  }

  @Test
  @DisplayName("An exit code of params.nonRetryableExits is not tried again")
  void finalExitIsNotTriedAgain() {
    TestRun.Result result = inline("exit 65").param("nonRetryableExits", "64, 65").run();

    assertThat(result.failure()).hasMessage("exit 65");
    assertThat(result.isRetryable()).isFalse();
  }

  @Test
  @DisplayName("Inline text is run by the shell that the job names")
  void inlineTextIsRunByTheShell() {
    TestRun.Result result =
        inline("echo \"$0 $1\"").param("shell", "/bin/sh").param("args", "one").run();

    assertThat(result.result()).isEqualTo("inline one");
  }

  @Test
  @DisplayName("Inline text and a shell of the job's choice need their flag")
  void inlineTextNeedsItsFlag() throws IOException {
    script("report.sh", "echo no");
    TestRun.Result shell = run("report.sh").param("shell", "/bin/rm").run();
    TestRun.Result text =
        TestRun.of(new ScriptHandler(AllowedScripts.any(), false)).param("inline", "true").run();

    assertThat(List.of(shell, text))
        .allSatisfy(
            refused ->
                assertThat(refused.failure())
                    .isInstanceOf(NonRetryableException.class)
                    .hasMessageContaining("--allow-inline"));
  }

  @Test
  @DisplayName("What a script has left behind does not keep its run from ending")
  void leftBehindProcessDoesNotHoldTheRun() {
    TestRun.Result result = inline("sleep 300 & echo $!").run();

    assertThat(result.succeeded()).isTrue();
    ProcessHandle left = ProcessHandle.of(Long.parseLong(result.result())).orElseThrow();
    assertThat(left.isAlive()).isTrue();
    left.destroyForcibly();
  }

  @Test
  @DisplayName("LG4: a line without an end does not fill the memory, what follows is read")
  void endlessLineIsCut() {
    TestRun.Result result =
        inline("head -c 3000000 /dev/zero | tr '\\0' x; echo; printf 'a\\r\\nb\\rc'").run();

    List<String> log = result.log();
    assertThat(log).hasSize(4);
    assertThat(log.get(0)).hasSize(64 * 1024);
    assertThat(log.subList(1, 4)).containsExactly("a", "b", "c");
  }

  @Test
  @DisplayName("Ten thousand lines arrive in their order")
  void manyLinesArriveInOrder() {
    TestRun.Result result =
        inline("i=1; while [ $i -le 10000 ]; do echo $i; i=$((i+1)); done").run();

    assertThat(result.log())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 10_000).mapToObj(Integer::toString).toList());
  }
}
