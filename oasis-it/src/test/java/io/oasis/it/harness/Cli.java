package io.oasis.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code bin/oasis}, called as a user calls it, with a configuration of its own. */
public final class Cli {
  private static final int PATIENCE_SECONDS = 120;

  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param folder where it is called and where its configuration is kept
   * @param environment for every call, for example {@code OASIS_SERVER}
   */
  public Cli(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = new HashMap<>(environment);
    this.environment.putIfAbsent("OASIS_CONFIG", folder.resolve("cli.json").toString());
  }

  /** The same CLI with one more environment variable. */
  public Cli with(String name, String value) {
    var more = new HashMap<>(environment);
    more.put(name, value);
    return new Cli(folder, more);
  }

  /** Calls it and waits for its end. */
  public Result call(String... arguments) {
    return callWithInput("", arguments);
  }

  /** Starts a call that does not end by itself; its standard output goes to the file. */
  public Process start(Path out, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Checkout.script("oasis", "oasis-cli").toString());
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    OwnedProcess.cleanEnvironment(builder.environment()).putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls it with something on its standard input and waits for its end. */
  public Result callWithInput(String input, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Checkout.script("oasis", "oasis-cli").toString());
    command.addAll(List.of(arguments));
    try {
      var in = Files.writeString(Files.createTempFile(folder, "cli", ".in"), input);
      var out = Files.createTempFile(folder, "cli", ".out");
      var err = Files.createTempFile(folder, "cli", ".err");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      OwnedProcess.cleanEnvironment(builder.environment()).putAll(environment);
      var process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running after " + PATIENCE_SECONDS + " s: " + String.join(" ", command));
      }
      var result =
          new Result(
              String.join(" ", arguments),
              process.exitValue(),
              Files.readString(out, StandardCharsets.UTF_8),
              Files.readString(err, StandardCharsets.UTF_8));
      Files.delete(in);
      Files.delete(out);
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /**
   * What a call came to.
   *
   * @param command its arguments
   * @param exit its exit code
   * @param out what it printed on standard output
   * @param err what it printed on standard error
   */
  public record Result(String command, int exit, String out, String err) {
    /** Returns this if the call succeeded. */
    public Result ok() {
      if (exit != 0) {
        throw new AssertionError("exit code " + exit + " is not 0\n" + this);
      }
      return this;
    }

    /** Both streams: where the wording matters and not the stream. */
    public String all() {
      return out + err;
    }

    @Override
    public String toString() {
      return "$ oasis " + command + "   (exit " + exit + ")\n" + out + "--- stderr\n" + err;
    }
  }
}
