package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What narrows any list. */
public final class ListOptions {
  /** Runs are without number, so that not all of them are listed unless asked for. */
  private static final int RUNS = 20;

  @Option(
      names = {"-a", "--app"},
      paramLabel = "APP",
      order = 1,
      description = "Only of this app.")
  String app;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      order = 2,
      description =
          "Only in these states: FAILED,LOST for runs; on, off, done for jobs; open for incidents.")
  List<String> states = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      order = 3,
      description = "At most so many; default 20 runs, incidents or changes, all of the rest.")
  Integer limit;

  /** The app, if only its things are wanted. */
  public Optional<String> app() {
    return Optional.ofNullable(app);
  }

  /** The states that are wanted, as the user wrote them; empty: all. */
  public List<String> states() {
    return states;
  }

  /** Whether anything was given. */
  public boolean given() {
    return app != null || !states.isEmpty() || limit != null;
  }

  /** How many runs at most. */
  public int runs() {
    return limit().orElse(RUNS);
  }

  /** How many things of another kind at most; 0: all. */
  public int others() {
    return limit().orElse(0);
  }

  private Optional<Integer> limit() {
    if (limit != null && limit < 1) {
      throw CliFailure.invalid("--limit must be at least 1");
    }
    return Optional.ofNullable(limit);
  }
}
