package io.oasis.server.run;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Queued runs that this server is to hand over, by the time at which. Only a faster way to what the
 * ledger says: each of these rows has a {@code wake_at}, so that another server finds it when this
 * one dies. A run may be in here twice; whoever hands it over names the epoch that it knows.
 */
@Singleton
public class ReadyRuns {
  /** So many that come together need not wait for more. */
  private static final int GROUP = 16;

  private final PriorityQueue<Entry> byTime = new PriorityQueue<>();

  /** Taken out and not decided. */
  private List<RunRow> inHand = List.of();

  private volatile Runnable wake = () -> {};

  /** What to call when there is something new. */
  public void onAdded(Runnable action) {
    wake = action;
  }

  /** Hands these over when their nominal times come. */
  public void add(Collection<RunRow> runs) {
    List<Entry> entries = new ArrayList<>(runs.size());
    runs.forEach(run -> entries.add(new Entry(run.nominalAt(), run)));
    addAll(entries);
  }

  /** Hands these over at a time of their own. */
  public void add(Collection<RunRow> runs, Instant at) {
    List<Entry> entries = new ArrayList<>(runs.size());
    runs.forEach(run -> entries.add(new Entry(at, run)));
    addAll(entries);
  }

  /** Hands this over at a time of its own. */
  public void add(RunRow run, Instant at) {
    add(List.of(run), at);
  }

  /** Nobody is woken for what comes after the time that is waited for anyway. */
  private void addAll(List<Entry> entries) {
    boolean sooner;
    synchronized (byTime) {
      Entry before = byTime.peek();
      byTime.addAll(entries);
      Entry now = byTime.peek();
      sooner = now != null && (before == null || now.at().isBefore(before.at()));
    }
    if (sooner) {
      wake.run();
    }
  }

  /** Takes out what is due, in the order of time. */
  public List<RunRow> takeDue(Instant now, int limit) {
    List<RunRow> due = new ArrayList<>();
    synchronized (byTime) {
      while (due.size() < limit && !byTime.isEmpty() && !byTime.peek().at().isAfter(now)) {
        due.add(byTime.poll().run());
      }
      inHand = due;
    }
    return due;
  }

  /** What was taken out last is decided, or is in here again. */
  public void decided() {
    synchronized (byTime) {
      inHand = List.of();
    }
  }

  /** Whether there are runs whose time has come and that are not decided. */
  public boolean anyDue(Instant now) {
    synchronized (byTime) {
      return !inHand.isEmpty() || (!byTime.isEmpty() && !byTime.peek().at().isAfter(now));
    }
  }

  /** The jobs of all runs in here, and of those that were taken out and are not decided. */
  public Set<Long> jobs() {
    Set<Long> jobs = new HashSet<>();
    synchronized (byTime) {
      byTime.forEach(entry -> jobs.add(entry.run().origin().jobUid()));
      inHand.forEach(run -> jobs.add(run.origin().jobUid()));
    }
    return jobs;
  }

  /** Takes out everything, due or not. */
  public List<RunRow> drain() {
    synchronized (byTime) {
      List<RunRow> all = byTime.stream().map(Entry::run).toList();
      byTime.clear();
      return all;
    }
  }

  /**
   * When the next ones are to be taken out: when the first of them is due, or, where others come
   * due within a moment after it, when the last of these is.
   */
  public Optional<Instant> nextAt(Duration moment) {
    synchronized (byTime) {
      Entry first = byTime.poll();
      if (first == null) {
        return Optional.empty();
      }
      Instant end = first.at().plus(moment);
      List<Entry> group = new ArrayList<>();
      group.add(first);
      while (group.size() < GROUP && !byTime.isEmpty() && !byTime.peek().at().isAfter(end)) {
        group.add(byTime.poll());
      }
      byTime.addAll(group);
      return Optional.of(group.getLast().at());
    }
  }

  private record Entry(Instant at, RunRow run) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = at.compareTo(other.at);
      int byNominal = byTime != 0 ? byTime : run.nominalAt().compareTo(other.run.nominalAt());
      return byNominal != 0 ? byNominal : Long.compare(run.id(), other.run.id());
    }
  }
}
