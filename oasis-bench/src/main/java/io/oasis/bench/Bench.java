package io.oasis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures Oasis against plain SQL on the same PostgreSQL. Prints a Markdown table on standard
 * output and what it is doing on standard error; exit code 1 means that something is missing or
 * that a promise was broken, 2 that the flags are wrong.
 */
public final class Bench {
  private final Options options;
  private final InstantSource clock;
  private final Path output;

  private Bench(Options options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
    this.output = options.root().resolve("target/bench");
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (BenchException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    try {
      new Bench(options, InstantSource.system()).run();
    } catch (BenchException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() {
    List<Round> rounds = new ArrayList<>();
    String name = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
    say("starting server, PostgreSQL and executor");
    try (Platform platform = Platform.start(options, output)) {
      Scenario scenario = new Scenario(platform, clock);
      ReferenceLoop reference = new ReferenceLoop(platform.database());
      say("warming up; this round does not count");
      round(0, scenario, reference);
      for (int number = 1; number <= options.rounds(); number++) {
        Round round = round(number, scenario, reference);
        rounds.add(round);
        write(name + ".jsonl", String.join("\n", Report.jsonLines(round)) + "\n");
        say(
            "round %d of %d: %.0f runs/s, %.0f rows/s of SQL alone, p99 of lateness %.1f ms"
                .formatted(
                    number,
                    options.rounds(),
                    round.burst().runsPerSecond(),
                    round.reference().rowsPerSecond(),
                    round.steady().lateMicros().at(99) / 1e3));
      }
    }
    String report =
        "%s\n\nburst: %d jobs due at once; steady: %d on each second for %d s; %d slots\n\n%s"
            .formatted(
                Machine.describe(output),
                options.jobs(),
                options.perSecond(),
                options.seconds(),
                options.slots(),
                Report.markdown(rounds));
    write(name + ".md", report);
    System.out.print(report);
  }

  private Round round(int number, Scenario scenario, ReferenceLoop reference) {
    return new Round(
        reference.run(number, options.referenceRows()),
        scenario.burst(number, options.jobs()),
        scenario.steady(number, options.perSecond(), options.seconds()));
  }

  private void write(String file, String text) {
    try {
      Files.writeString(
          output.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new BenchException("cannot write to " + output + ": " + e.getMessage(), e);
    }
  }

  private static void say(String words) {
    System.err.println("bench: " + words);
  }
}
