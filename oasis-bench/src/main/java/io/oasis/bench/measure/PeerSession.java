package io.oasis.bench.measure;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.Child;
import io.oasis.bench.machine.CpuTime;
import io.oasis.bench.oasis.Call;
import io.oasis.bench.peer.DueTimes;
import io.oasis.bench.peer.Peer;
import io.oasis.bench.postgres.Database;
import io.oasis.bench.report.Lateness;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Another scheduler, in one process on a fresh database. */
final class PeerSession implements Session {
  private static final int PATIENCE_SECONDS = 180;

  /** After the last job was due, a contender has this long to start the rest. */
  private static final int OVERTIME_SECONDS = 15;

  /** Jobs that are written by the API of a contender take their time. */
  private static final int LEAD_SECONDS = 4;

  private static final int LEAD_BY_API_SECONDS = 15;

  private final TestBed bed;
  private final Contender contender;
  private final Child process;

  private PeerSession(TestBed bed, Contender contender, Child process) {
    this.bed = bed;
    this.contender = contender;
    this.process = process;
  }

  static PeerSession open(
      TestBed bed, Contender contender, Class<? extends Peer> main, String variant) {
    Database database = bed.postgres().fresh("bench_peer");
    Child process =
        Child.startJava(
            List.of("-XX:+UseParallelGC", "-Xmx512m"),
            List.of(main.getName(), String.valueOf(database.port()), database.name(), variant),
            Map.of(),
            bed.folder().resolve(contender.word() + ".log"));
    if (!process.readLine().equals("ready")) {
      throw new BenchException(contender.word() + " does not start");
    }
    return new PeerSession(bed, contender, process);
  }

  @Override
  public Map<String, Double> throughput(int jobs) {
    ask("pause");
    ask("seed " + DueTimes.atOnce(nowMicros(), jobs).line());
    bed.postgres().checkpoint();
    CpuTime own = process.cpu();
    CpuTime postgres = bed.postgres().cpu();
    ask("resume");
    long[] seen = await(jobs, PATIENCE_SECONDS);
    double ownMicros = process.cpu().since(own).micros();
    double postgresMicros = bed.postgres().cpu().since(postgres).micros();
    int called = takeCalls().size();
    if (seen[2] == 0 || called != jobs) {
      throw new BenchException(
          "%s has run %d of %d jobs, and no more follow".formatted(contender.word(), called, jobs));
    }
    Map<String, Double> figures = new HashMap<>(Session.rate(jobs, seen[1], seen[2]));
    figures.put("processCpuMicros", ownMicros / jobs);
    figures.put("postgresCpuMicros", postgresMicros / jobs);
    return figures;
  }

  @Override
  public Map<String, Double> lateness(int perSecond, int seconds) {
    int lead = contender == Contender.JOBRUNR ? LEAD_BY_API_SECONDS : LEAD_SECONDS;
    DueTimes due = Session.soon(nowMicros(), lead, perSecond, seconds);
    ask("seed " + due.line());
    long late = nowMicros() - due.firstMicros();
    if (late > 0) {
      throw new BenchException(contender.word() + " was given its jobs " + late + " µs too late");
    }
    long[] seen = await(due.count(), lead + seconds + OVERTIME_SECONDS);
    List<Call> calls = takeCalls();
    Map<String, Double> figures = new HashMap<>(Lateness.figures(late(due, calls, nowMicros())));
    figures.put("started", (double) calls.size() / due.count());
    figures.put("finished", seen[2] == 0 ? 0.0 : 1.0);
    return figures;
  }

  /** Jobs that were never called are as late as the end of the measurement. */
  static long[] late(DueTimes due, List<Call> calls, long endMicros) {
    List<Long> late = new ArrayList<>();
    Map<Long, Integer> called = new HashMap<>();
    for (Call call : calls) {
      late.add(call.lateMicros());
      called.merge(call.dueMicros(), 1, Integer::sum);
    }
    for (int i = 0; i < due.count() && late.size() < due.count(); i++) {
      // Some contenders keep whole milliseconds.
      long micros = due.micros(i);
      long key = called.containsKey(micros) ? micros : micros / 1_000 * 1_000;
      if (called.merge(key, -1, Integer::sum) < 0) {
        late.add(endMicros - micros);
      }
    }
    return late.stream().mapToLong(Long::longValue).toArray();
  }

  private long[] await(int jobs, int seconds) {
    String[] words = process.ask("await " + jobs + " " + seconds).split(" ", -1);
    return new long[] {
      Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])
    };
  }

  private List<Call> takeCalls() {
    Path file = bed.folder().resolve("calls.txt");
    ask("take " + file);
    return Call.read(file);
  }

  private void ask(String line) {
    String answer = process.ask(line);
    if (!answer.equals("ok")) {
      throw new BenchException(contender.word() + " answers " + answer);
    }
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, bed.clock().instant());
  }

  @Override
  public void close() {
    process.close();
  }
}
