package io.oasis.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Stops the PostgreSQL of a server that was killed: it outlives its parent and would refuse a
 * second one in the same folder. Another server that still lives holds the library's lock on the
 * folder, and its PostgreSQL is left alone.
 */
final class LeftoverPostgres {
  private static final Logger LOG = Logger.getLogger(LeftoverPostgres.class);
  private static final long FAST_STOP_SECONDS = 30;

  private LeftoverPostgres() {}

  static void stop(Path data) throws StartException {
    Optional<ProcessHandle> leftover = find(data);
    if (leftover.isEmpty()) {
      return;
    }
    if (FolderLock.isHeldByAnother(data.resolve("epg-lock"))) {
      throw new StartException(
          "another server uses the data folder "
              + data.toAbsolutePath().getParent()
              + "; stop it, or set OASIS_DATA_DIR to another folder",
          null);
    }
    ProcessHandle process = leftover.get();
    LOG.infof("stopping the PostgreSQL (pid %d) that a killed server left behind", process.pid());
    try {
      // SIGINT is PostgreSQL's fast shutdown: sessions end, everything committed is kept.
      new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid()))).start().waitFor();
      process.onExit().get(FAST_STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | java.util.concurrent.ExecutionException | IOException e) {
      LOG.warnf("the PostgreSQL with pid %d does not stop: %s", process.pid(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process that postmaster.pid names, when it lives and is a PostgreSQL of this folder. */
  private static Optional<ProcessHandle> find(Path data) {
    Path pidFile = data.resolve("postmaster.pid");
    try {
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(pidFile);
      long pid = Long.parseLong(lines.get(0).strip());
      boolean sameFolder =
          lines.size() > 1 && Files.isSameFile(Path.of(lines.get(1).strip()), data);
      return ProcessHandle.of(pid)
          .filter(p -> sameFolder)
          .filter(p -> p.info().command().orElse("postgres").contains("postgres"));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      LOG.debugf("postmaster.pid cannot be used: %s", e.toString());
      return Optional.empty();
    }
  }
}
