package io.oasis.it.chaos;

import io.oasis.it.harness.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/**
 * The executors that note what they do: a program of the SDK, compiled here against what the sample
 * application was packaged with, and the worker with a script.
 */
final class Programs {
  private static final int SLOTS = 16;
  private static final int WORKER_SLOTS = 6;
  private static final int DRAIN_SECONDS = 5;

  private final Path folder;
  private final String classPath;

  private Programs(Path folder, String classPath) {
    this.folder = folder;
    this.classPath = classPath;
  }

  static Programs compile(Path folder) {
    var jars = jars(Checkout.path("oasis-executor/samples/orders/target/lib"));
    var source = Checkout.path("oasis-it/src/test/programs/LedgerExecutor.java");
    var classes = folder.resolve("classes");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", jars, "-d", classes.toString(), source.toString());
    if (failed != 0) {
      throw new AssertionError("cannot compile " + source);
    }
    try {
      var scripts = Files.createDirectories(folder.resolve("scripts"));
      var script = scripts.resolve("work.sh");
      Files.copy(Checkout.path("oasis-it/src/test/programs/work.sh"), script);
      script.toFile().setExecutable(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Programs(folder, classes + ":" + jars);
  }

  private static String jars(Path lib) {
    try (var files = Files.list(lib)) {
      return files.map(Path::toString).collect(Collectors.joining(":"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path ledger(String name) {
    return folder.resolve(name + ".ledger");
  }

  List<String> ledgerExecutor(String name) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
        "-cp",
        classPath,
        "LedgerExecutor",
        name,
        String.valueOf(SLOTS),
        String.valueOf(DRAIN_SECONDS),
        ledger(name).toString());
  }

  List<String> worker(String name) {
    Checkout.path("oasis-executor/worker/target/quarkus-app/quarkus-run.jar");
    return List.of(
        Checkout.path("bin/oasis-worker").toString(),
        "--name",
        name,
        "--slots",
        String.valueOf(WORKER_SLOTS),
        "--drain-timeout",
        String.valueOf(DRAIN_SECONDS),
        "--allow-script",
        folder.resolve("scripts").toString());
  }
}
