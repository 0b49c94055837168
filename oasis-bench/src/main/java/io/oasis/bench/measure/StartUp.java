package io.oasis.bench.measure;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.Memory;
import io.oasis.bench.machine.Pause;
import io.oasis.bench.oasis.OasisServer;
import io.oasis.bench.postgres.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a server takes until it is ready on a database that it knows, what it holds of the
 * memory 10 s later and after its first seconds of load, and how long the command line takes to say
 * its version.
 */
final class StartUp {
  static final String NAME = "start";

  private static final long SETTLE_MILLIS = 10_000;

  private StartUp() {}

  /** A server that only makes the tables. */
  static void prepare(TestBed bed, Database database) {
    OasisServer.start(bed.options().root(), database, bed.folder().resolve("server.log")).close();
  }

  /** One start of a server, and one of the command line. */
  static Map<String, Double> run(TestBed bed, Database database) {
    Map<String, Double> figures = new HashMap<>();
    try (OasisSession oasis = OasisSession.open(bed, database, 1)) {
      OasisServer server = oasis.cluster().servers().getFirst();
      figures.put("readySeconds", server.readySeconds());
      Pause.millis(SETTLE_MILLIS);
      figures.put("idleMib", Memory.residentMib(server.process().pid()));
      oasis.lateness(Rounds.COMPARED_RATE, bed.options().size().seconds());
      figures.put("loadMib", Memory.residentMib(server.process().pid()));
    }
    figures.put("cliMillis", versionMillis(bed.options().root().resolve("bin/oasis")));
    return figures;
  }

  private static double versionMillis(Path script) {
    try {
      long begun = System.nanoTime();
      ProcessBuilder builder =
          new ProcessBuilder(script.toString(), "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      int code = builder.start().waitFor();
      if (code != 0) {
        throw new BenchException(script + " --version ends with code " + code);
      }
      return (System.nanoTime() - begun) / 1e6;
    } catch (IOException e) {
      throw new BenchException(script + " does not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}
