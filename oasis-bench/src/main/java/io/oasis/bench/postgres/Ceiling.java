package io.oasis.bench.postgres;

import io.oasis.bench.machine.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The most rows a second that this PostgreSQL claims, inserts and finishes in batches of 500, asked
 * by two clients at once: by {@code pgbench} when the machine has one, over JDBC otherwise.
 */
public final class Ceiling {
  private static final int CLIENTS = 2;
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  /** One transaction of pgbench: it takes the claimed ids with it as a variable. */
  private static final String SCRIPT =
      """
      %s, claimed AS (%s) SELECT array_agg(id)::text AS ids FROM claimed \\gset
      UPDATE bench_run SET state = 'SUCCEEDED', finished_at = clock_timestamp()
       WHERE id = ANY (:ids::bigint[]) AND state = 'RUNNING';
      """;

  private final BenchPostgres postgres;
  private final Path folder;
  private final Optional<Path> pgbench;

  /**
   * Looks for pgbench.
   *
   * @param folder for its script
   */
  public Ceiling(BenchPostgres postgres, Path folder) {
    this.postgres = postgres;
    this.folder = folder;
    this.pgbench = find();
  }

  /** What asks, in words. */
  public String asker() {
    return pgbench.isPresent() ? "pgbench" : "JDBC, because this machine has no pgbench";
  }

  /** Rows a second. */
  public double rowsPerSecond(int rows) {
    Database database = postgres.fresh("bench_ceiling");
    int batches = Math.max(1, rows / RawSql.BATCH / CLIENTS);
    int filled = batches * CLIENTS * RawSql.BATCH;
    fill(database, filled);
    double rate =
        pgbench.isPresent()
            ? byPgbench(database, pgbench.get(), batches)
            : byJdbc(database, batches);
    long left = database.number("SELECT count(*) FROM bench_job WHERE next_fire_at IS NOT NULL");
    if (left > 0) {
      throw new BenchException("the ceiling has left " + left + " of " + filled + " rows");
    }
    return rate;
  }

  private static void fill(Database database, int rows) {
    database.execute(RawSql.TABLES);
    try (Connection connection = database.connect();
        PreparedStatement fill = connection.prepareStatement(RawSql.FILL)) {
      fill.setLong(1, 0);
      fill.setLong(2, 0);
      fill.setLong(3, rows);
      fill.executeUpdate();
    } catch (SQLException e) {
      throw new BenchException("the ceiling cannot be filled: " + e.getMessage(), e);
    }
    database.execute("ANALYZE bench_job");
  }

  private double byPgbench(Database database, Path program, int batches) {
    try {
      Path script = folder.resolve("ceiling.sql");
      Files.writeString(script, SCRIPT.formatted(RawSql.MOVE.strip(), RawSql.INSERT.strip()));
      Process process =
          new ProcessBuilder(
                  List.of(
                      program.toString(),
                      "--no-vacuum",
                      "--protocol=prepared",
                      "--client=" + CLIENTS,
                      "--jobs=" + CLIENTS,
                      "--transactions=" + batches,
                      "--file=" + script,
                      "--host=127.0.0.1",
                      "--port=" + database.port(),
                      "--username=" + Database.USER,
                      database.name()))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher rate = RATE.matcher(said);
      if (process.waitFor() != 0 || !rate.find()) {
        throw new BenchException("pgbench fails: " + said);
      }
      return Double.parseDouble(rate.group(1)) * RawSql.BATCH;
    } catch (IOException e) {
      throw new BenchException("pgbench does not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private static double byJdbc(Database database, int batches) {
    long begun = System.nanoTime();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Integer>> work =
          Stream.generate(() -> client(database, batches)).limit(CLIENTS).toList();
      int moved = 0;
      for (Future<Integer> client : clients.invokeAll(work)) {
        moved += client.get();
      }
      return moved / ((System.nanoTime() - begun) / 1e9);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    } catch (ExecutionException e) {
      throw new BenchException("the ceiling fails: " + e.getMessage(), e);
    }
  }

  private static Callable<Integer> client(Database database, int batches) {
    return () -> {
      try (RawSql sql = new RawSql(database)) {
        int moved = 0;
        for (int i = 0; i < batches; i++) {
          RawSql.Claimed claimed = sql.claim();
          sql.finish(claimed);
          moved += claimed.ids().size();
        }
        return moved;
      }
    };
  }

  /** In the PATH, or where Debian keeps the versions of PostgreSQL; the newest one. */
  private static Optional<Path> find() {
    Path versions = Path.of("/usr/lib/postgresql");
    try (Stream<Path> found = Files.isDirectory(versions) ? Files.list(versions) : Stream.of()) {
      Stream<Path> debian =
          found
              .sorted(
                  Comparator.<Path, Integer>comparing(p -> p.toString().length())
                      .thenComparing(Comparator.naturalOrder())
                      .reversed())
              .map(version -> version.resolve("bin/pgbench"));
      Stream<Path> onPath =
          Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
              .map(folder -> Path.of(folder, "pgbench"));
      return Stream.concat(debian, onPath).filter(Files::isExecutable).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
