package io.oasis.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Shell commands as a page or a CI file has them, with {@code oasis} on the path. */
public final class Script {
  private static final int PATIENCE_SECONDS = 120;

  private final Path folder;
  private final Map<String, String> environment;

  /**
   * @param folder where they are run
   * @param environment for every command, for example {@code OASIS_SERVER}
   */
  public Script(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = new HashMap<>(environment);
    this.environment.putIfAbsent("OASIS_CONFIG", folder.resolve("script.json").toString());
    var bin = Checkout.script("oasis", "oasis-cli").getParent();
    this.environment.put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
  }

  /** Runs a command with {@code bash -eo pipefail}, as CI does, and waits for its end. */
  public Cli.Result run(String command) {
    try {
      var out = Files.createTempFile(folder, "script", ".out");
      var err = Files.createTempFile(folder, "script", ".err");
      var builder =
          new ProcessBuilder("bash", "-eo", "pipefail", "-c", command)
              .directory(folder.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      OwnedProcess.cleanEnvironment(builder.environment()).putAll(environment);
      var process = builder.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + command);
      }
      var result =
          new Cli.Result(
              command,
              process.exitValue(),
              Files.readString(out, StandardCharsets.UTF_8),
              Files.readString(err, StandardCharsets.UTF_8));
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
}
