package io.oasis.cli.harness;

import io.oasis.cli.OasisCli;
import io.oasis.cli.Shell;
import io.oasis.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** Calls the CLI in this process. Waiting takes no time, it only moves the clock. */
public final class TestShell {
  private final Map<String, String> env = new HashMap<>();
  private final ManualClock clock = new ManualClock();
  private Terminal.Facts facts = Terminal.Facts.PIPED;
  private int rests = Integer.MAX_VALUE;
  private InputStream input = new ByteArrayInputStream(new byte[0]);

  /** A shell whose logins are kept in the folder. */
  public TestShell(Path folder) {
    env.put("OASIS_CONFIG", folder.resolve("config.json").toString());
  }

  /** A shell that is logged in to the server by its environment. */
  public TestShell(Path folder, FakeServer server) {
    this(folder);
    env.put("OASIS_SERVER", server.address());
    env.put("OASIS_TOKEN", "oat_test");
  }

  /** Sets an environment variable, or removes it when the value is null. */
  public TestShell env(String name, String value) {
    env.compute(name, (n, old) -> value);
    return this;
  }

  /** What the next call finds on standard input. */
  public TestShell input(InputStream stream) {
    input = stream;
    return this;
  }

  /** What the next call finds on standard input. */
  public TestShell input(String text) {
    return input(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The next call is interrupted, as by Ctrl-C, when it rests for the given time. */
  public TestShell interruptedAfter(int times) {
    rests = times;
    return this;
  }

  /** The next calls have a person before them, without colours. */
  public TestShell onTerminal() {
    facts = new Terminal.Facts(false, true, true, false);
    return this;
  }

  /** The clock that it runs by. */
  public ManualClock clock() {
    return clock;
  }

  /** A shell that prints to nowhere. */
  public Shell shell() {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return shell(nowhere, nowhere);
  }

  private Shell shell(PrintStream out, PrintStream err) {
    return new Shell(
        new Terminal(input, out, err, facts),
        Map.copyOf(env),
        clock,
        ZoneId.of("Asia/Shanghai"),
        this::rest);
  }

  private void rest(Duration duration) throws InterruptedException {
    if (--rests <= 0) {
      throw new InterruptedException("Ctrl-C");
    }
    clock.pass(duration);
  }

  /** Calls {@code oasis} with the given words. */
  public Result call(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int exit = OasisCli.execute(shell, words);
    return new Result(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /**
   * What a call came to.
   *
   * @param exit its exit code
   * @param out its standard output
   * @param err its standard error
   */
  public record Result(int exit, String out, String err) {}
}
