package io.oasis.server.dispatch;

import io.oasis.manifest.Blocking;
import io.oasis.server.database.Tx;
import io.oasis.server.dispatch.SlotStore.Slot;
import io.oasis.server.dispatch.SlotStore.Waiter;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Blocking: who may run. A run may when it holds one of its job's slots; what happens to one that
 * gets none is the job's strategy. The primary key of {@code slot} decides, so that any number of
 * servers may ask at once.
 */
@ApplicationScoped
public class Slots {
  private static final Comparator<RunRow> ORDER =
      Comparator.comparing(RunRow::nominalAt).thenComparingLong(RunRow::id);

  private final SlotStore store;

  public Slots(SlotStore store) {
    this.store = store;
  }

  /** What became of a run that wants to run. */
  sealed interface Entry {
    /** It holds a slot. */
    record Admitted(boolean now) implements Entry {}

    /** It waits for its turn; {@code toReplace} is asked to stop first, when there is one. */
    record Queued(long holder, boolean replaces) implements Entry {}

    /** Its job's rule says no. */
    record Refused(ReasonCode reason, long holder) implements Entry {}

    /** A newer run of its job takes its place, and it never runs. */
    record Superseded(long newest) implements Entry {}

    /** Another server entered a run of its job in this moment: it has to ask again. */
    record Again() implements Entry {}
  }

  /**
   * Locks all slots of the runs' jobs, in one order for all servers. Before any of the runs is
   * locked: who holds a run may wait for its slot.
   *
   * @return the slots that are taken, for {@link #enter}
   */
  List<Slot> lock(Tx tx, List<RunRow> runs) {
    return store.lockOfJobs(tx, jobs(runs));
  }

  /**
   * Asks for a slot for each run, in the order of their nominal times. After {@link #lock} nothing
   * is waited for but another server's insert: so two of them cannot wait for each other. A slot
   * that came up since is not locked for that reason; whoever would have it comes again.
   *
   * @param taken what {@link #lock} said of these runs, and maybe of others, in this transaction
   */
  Map<RunRow, Entry> enter(
      Tx tx, List<RunRow> runs, Map<RunRow, Blocking> rules, List<Slot> taken) {
    Set<Long> held = taken.stream().map(Slot::runId).collect(Collectors.toSet());
    Map<RunRow, Entry> entries = new LinkedHashMap<>();
    List<RunRow> open = new ArrayList<>();
    Map<Long, RunRow> newest = newestOfReplacing(runs, rules);
    for (RunRow run : runs) {
      Optional<Long> newer = newer(run, newest.get(run.origin().jobUid()), taken);
      if (held.contains(run.id())) {
        entries.put(run, new Entry.Admitted(false));
      } else if (newer.isPresent()) {
        entries.put(run, new Entry.Superseded(newer.get()));
      } else {
        open.add(run);
      }
    }
    List<Slot> wanted = wanted(open, rules, taken);
    Set<Long> got = store.take(tx, wanted);
    // Where another server was faster, what was locked is not all that there is: its run may be
    // over before anybody waits for it. So nobody waits, and all of the job's runs come again.
    Set<Long> lost =
        wanted.stream()
            .filter(s -> !got.contains(s.runId()))
            .map(Slot::jobUid)
            .collect(Collectors.toSet());
    List<RunRow> blocked = new ArrayList<>();
    for (RunRow run : open) {
      if (got.contains(run.id())) {
        entries.put(run, new Entry.Admitted(true));
      } else if (lost.contains(run.origin().jobUid())) {
        entries.put(run, new Entry.Again());
      } else {
        blocked.add(run);
      }
    }
    leaveQueue(tx, entries);
    turnAway(tx, blocked, rules, taken, entries);
    return entries;
  }

  /** Of jobs whose runs replace each other, only the newest of a batch may take the place. */
  private static Map<Long, RunRow> newestOfReplacing(
      List<RunRow> runs, Map<RunRow, Blocking> rules) {
    Map<Long, RunRow> newest = new HashMap<>();
    for (RunRow run : runs) {
      if (rules.get(run).strategy() == Blocking.Strategy.REPLACE) {
        newest.merge(run.origin().jobUid(), run, (a, b) -> ORDER.compare(a, b) > 0 ? a : b);
      }
    }
    return newest;
  }

  /** The newer run that stands in the place of this one, in this batch or with the slot. */
  private static Optional<Long> newer(RunRow run, RunRow newest, List<Slot> taken) {
    if (newest == null) {
      return Optional.empty();
    }
    if (newest.id() != run.id()) {
      return Optional.of(newest.id());
    }
    return taken.stream()
        .filter(s -> s.jobUid() == run.origin().jobUid() && s.runId() != run.id())
        .filter(s -> s.nominalAt().isAfter(run.nominalAt()))
        .map(Slot::runId)
        .findFirst();
  }

  /** Gives back what was taken in this transaction and is not used after all. */
  void giveBack(Tx tx, Collection<RunRow> runs) {
    store.freeOf(tx, runs);
  }

  /** One free number for each run, as far as there are any. */
  private static List<Slot> wanted(
      List<RunRow> runs, Map<RunRow, Blocking> rules, List<Slot> taken) {
    Map<Long, Set<Integer>> used = new HashMap<>();
    taken.forEach(s -> used.computeIfAbsent(s.jobUid(), j -> new HashSet<>()).add(s.number()));
    List<Slot> wanted = new ArrayList<>();
    for (RunRow run : runs) {
      Set<Integer> numbers = used.computeIfAbsent(run.origin().jobUid(), j -> new HashSet<>());
      for (int number = 1; number <= rules.get(run).max(); number++) {
        if (numbers.add(number)) {
          wanted.add(new Slot(run.origin().jobUid(), number, run.id(), run.nominalAt()));
          break;
        }
      }
    }
    return wanted;
  }

  /** A run that comes up again may still be in the queue from before. */
  private void leaveQueue(Tx tx, Map<RunRow, Entry> entries) {
    store.leaveQueue(
        tx,
        entries.keySet().stream()
            .filter(r -> entries.get(r) instanceof Entry.Admitted)
            .filter(r -> r.standing().reason().orElse(null) == ReasonCode.WAITING_SLOT)
            .map(Slots::waiter)
            .toList());
  }

  private void turnAway(
      Tx tx,
      List<RunRow> blocked,
      Map<RunRow, Blocking> rules,
      List<Slot> taken,
      Map<RunRow, Entry> entries) {
    if (blocked.isEmpty()) {
      return;
    }
    Map<Long, Long> holders = new HashMap<>();
    taken.forEach(s -> holders.putIfAbsent(s.jobUid(), s.runId()));
    Map<Long, Integer> waiting =
        store.waiting(tx, blocked.stream().map(r -> r.origin().jobUid()).distinct().toList());
    List<Waiter> waiters = new ArrayList<>();
    for (RunRow run : blocked) {
      long job = run.origin().jobUid();
      long holder = holders.getOrDefault(job, 0L);
      Blocking rule = rules.get(run);
      boolean inQueue = run.standing().reason().orElse(null) == ReasonCode.WAITING_SLOT;
      Entry entry =
          switch (rule.strategy()) {
            case DISCARD, PARALLEL_DISCARD -> new Entry.Refused(ReasonCode.BLOCKED, holder);
            case SERIAL, PARALLEL ->
                inQueue || waiting.getOrDefault(job, 0) < rule.queue()
                    ? new Entry.Queued(holder, false)
                    : new Entry.Refused(ReasonCode.QUEUE_FULL, holder);
            case REPLACE -> new Entry.Queued(holder, true);
          };
      entries.put(run, entry);
      if (entry instanceof Entry.Queued) {
        waiters.add(waiter(run));
        waiting.merge(job, 1, Integer::sum);
      }
    }
    store.await(tx, waiters);
  }

  private static List<Long> jobs(List<RunRow> runs) {
    return runs.stream().map(r -> r.origin().jobUid()).distinct().toList();
  }

  static Waiter waiter(RunRow run) {
    return new Waiter(run.origin().jobUid(), run.id(), run.nominalAt());
  }
}
