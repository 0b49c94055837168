package io.oasis.cli;

import io.oasis.cli.output.Terminal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/**
 * What the process that runs {@code oasis} gives it. Tests hand in their own.
 *
 * @param terminal its three streams
 * @param env environment variables
 * @param clock the only clock that the CLI reads
 * @param zone in which times are shown that belong to no job
 * @param pause waits between two questions to the server
 */
public record Shell(
    Terminal terminal, Map<String, String> env, InstantSource clock, ZoneId zone, Pause pause) {

  /** The real process. */
  public static Shell system() {
    Map<String, String> env = System.getenv();
    return new Shell(
        Terminal.system(env),
        env,
        InstantSource.system(),
        ZoneId.systemDefault(),
        duration -> Thread.sleep(duration.toMillis()));
  }

  /** Waits; a test's returns at once. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after the given time, or earlier by an interrupt. */
    void of(Duration duration) throws InterruptedException;
  }

  /** Waits, and ends the command when the process is being stopped. */
  public void rest(Duration duration) {
    try {
      pause.of(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.ERROR, "interrupted");
    }
  }
}
