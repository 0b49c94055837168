package io.oasis.bench;

import static java.util.stream.Collectors.joining;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.Machine;
import io.oasis.bench.measure.Extras;
import io.oasis.bench.measure.Rounds;
import io.oasis.bench.measure.Smoke;
import io.oasis.bench.measure.Soak;
import io.oasis.bench.measure.TestBed;
import io.oasis.bench.postgres.BenchPostgres;
import io.oasis.bench.report.Journal;
import io.oasis.bench.report.PerformancePage;
import io.oasis.bench.report.Plots;
import io.oasis.bench.report.Sample;
import io.oasis.bench.report.Table;
import io.oasis.bench.report.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Measures Oasis and its peers on the same PostgreSQL. Prints a Markdown table on standard output
 * and what it is doing on standard error; exit code 1 means that something is missing or that a
 * promise was broken, 2 that the flags are wrong.
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
    System.exit(0);
  }

  private void run() {
    String name = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
    Journal journal = new Journal();
    Instant end = clock.instant().plus(Duration.ofMinutes(options.size().minutes().atMost()));
    Path folder = freshFolder(name);
    String about = Machine.describe(output);
    say("starting PostgreSQL; logs are in " + folder);
    try (BenchPostgres postgres =
        BenchPostgres.start(output.resolve("postgres-programs"), folder.resolve("postgres"))) {
      TestBed bed = new TestBed(options, postgres, folder, clock, end, journal, Bench::say);
      switch (options.mode()) {
        case FULL -> {
          Rounds rounds = new Rounds(bed);
          about = about(postgres, rounds.ceilingAsker());
          rounds.compare();
          new Extras(bed, rounds).run();
        }
        case SOAK -> Soak.run(bed);
        case SMOKE -> {
          Smoke.run(bed);
          return;
        }
      }
    } finally {
      write(
          folder.resolve("samples.jsonl"),
          journal.samples().stream().map(Sample::json).collect(joining("\n", "", "\n")));
    }
    String report = report(journal, about);
    write(folder.resolve("report.md"), report);
    Plots.of(journal).forEach((file, plot) -> write(folder.resolve(file), plot.svg()));
    if (options.writeDocs()) {
      PerformancePage.update(options.root().resolve("docs"), report, Plots.of(journal));
    }
    System.out.print(report);
  }

  private String report(Journal journal, String about) {
    String thrownAway =
        journal.thrownAway().isEmpty()
            ? "No round was thrown away."
            : "Thrown away, because the disk was off by more than 3×: rounds "
                + journal.thrownAway().stream().map(String::valueOf).collect(joining(", "))
                + ".";
    return "%s\n%s\n\n%s\n%s"
        .formatted(about, thrownAway, Targets.markdown(journal), Table.markdown(journal));
  }

  private String about(BenchPostgres postgres, String ceilingAsker) {
    return """
        %s, %s; PostgreSQL %s with default settings; the ceiling is asked by %s.
        %d jobs of a throughput (fewer for slower contenders) after %d s of warm-up, %d s of a lateness, %d slots of the executor, %d rounds.
        """
        .formatted(
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
            Machine.describe(output),
            postgres.version(),
            ceilingAsker,
            options.size().jobs(),
            options.size().warmUp(),
            options.size().seconds(),
            options.size().slots(),
            options.rounds());
  }

  private Path freshFolder(String name) {
    try {
      return Files.createDirectories(output.resolve(name));
    } catch (IOException e) {
      throw new BenchException("cannot write to " + output + ": " + e.getMessage(), e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static void say(String words) {
    System.err.println("bench: " + words);
  }
}
