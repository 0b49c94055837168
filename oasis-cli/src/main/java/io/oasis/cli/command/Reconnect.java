package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ApiRefusal;
import io.oasis.cli.client.ServerUnreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks until an answer comes, once the server has been reached: a server that is restarted must not
 * end what follows a run. A server that was never reached fails at once.
 */
final class Reconnect {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** A stopping server may answer with an error for a moment; one that stays is told. */
  private static final Duration ERROR_PATIENCE = Duration.ofSeconds(15);

  private static final Duration SILENCE_PATIENCE = Duration.ofMinutes(5);

  private final Shell shell;
  private boolean reached;

  /** Waits and speaks in the given shell. */
  Reconnect(Shell shell) {
    this.shell = shell;
  }

  /**
   * The answer to a question that may be asked again.
   *
   * @param until after which nobody waits any more; empty: as long as patience lasts
   * @throws CliFailure the last one, when patience ends
   */
  <T> T ask(Supplier<T> question, Optional<Instant> until) {
    Instant start = shell.clock().instant();
    Duration rest = SHORTEST;
    boolean told = false;
    while (true) {
      try {
        T answer = question.get();
        if (told) {
          shell.terminal().say("going on");
        }
        reached = true;
        return answer;
      } catch (CliFailure e) {
        Instant now = shell.clock().instant();
        boolean overdue = until.isPresent() && !now.isBefore(until.get());
        if (!reached || overdue || now.isAfter(start.plus(patience(e)))) {
          throw e;
        }
        if (!told) {
          boolean lost = e instanceof ServerUnreachable;
          shell.terminal().say((lost ? "connection lost" : "the server failed") + ", trying again");
          told = true;
        }
      }
      shell.rest(rest);
      rest = rest.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : rest.multipliedBy(2);
    }
  }

  private static Duration patience(CliFailure failure) {
    if (failure instanceof ServerUnreachable) {
      return SILENCE_PATIENCE;
    }
    boolean broken = failure instanceof ApiRefusal refusal && refusal.status() == 500;
    return broken ? ERROR_PATIENCE : Duration.ZERO.minusNanos(1);
  }
}
