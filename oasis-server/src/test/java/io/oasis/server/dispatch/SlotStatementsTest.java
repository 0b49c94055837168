package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.EmptiedTables;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.dispatch.SlotStore.Slot;
import io.oasis.server.dispatch.SlotStore.Waiter;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunRow;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The statements on slots: what they read, and what they leave. Nothing of it is committed. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class SlotStatementsTest {
  private static final Instant AT = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private static final String RUNS =
      """
      INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state)
      SELECT n, ?, n, 1, 1, 'MANUAL', n, 'QUEUED' FROM unnest(?::bigint[]) AS n
      """;

  @Inject Database database;
  @Inject SlotStore slots;
  @Inject LedgerStore ledger;

  @Test
  @DisplayName(
      "slots and who waits for them are found by their jobs, whatever the table looks like")
  void findsByJob() {
    inVain(
        tx -> {
          List<RunRow> runs = runs(tx, 901, 902, 903, 904);
          slots.take(tx, List.of(slot(901, 1), slot(902, 1), slot(903, 1)));
          slots.await(tx, List.of(waiter(902, 904), waiter(901, 905)));
          long before = EmptiedTables.walks(tx);

          assertThat(slots.holders(tx, Set.of(901L, 902L))).containsEntry(901L, 901L);
          assertThat(slots.lockOfJobs(tx, Set.of(901L, 902L))).hasSize(2);
          assertThat(slots.waiting(tx, Set.of(901L))).containsEntry(901L, 1);
          assertThat(slots.leaveQueue(tx, List.of(waiter(901, 905)))).containsOnly(905L);
          assertThat(slots.lockOf(tx, runs)).hasSize(3);
          slots.nextOrFree(tx, List.of(slot(901, 1), slot(902, 1)));
          slots.freeUnlessAwaited(tx, runs);
          slots.awaited(tx, List.of(slot(901, 1), slot(902, 1)));
          slots.takeFree(tx, many());
          slots.handOn(tx, List.of(new Slot(902, 1, 904, AT)));
          slots.freeOf(tx, runs);

          assertThat(EmptiedTables.walks(tx)).isEqualTo(before);
        });
  }

  @Test
  @DisplayName("a slot that nobody waits for is free, and one that somebody waits for stays")
  void freesWhatNobodyWaitsFor() {
    inVain(
        tx -> {
          List<Slot> held = List.of(slot(901, 1), slot(902, 1), slot(902, 2), slot(903, 1));
          slots.take(tx, held);
          slots.await(tx, List.of(waiter(902, 912), waiter(902, 911), waiter(904, 914)));

          List<Waiter> next =
              slots.nextOrFree(tx, List.of(slot(901, 1), slot(902, 1), slot(902, 2)));

          assertThat(next).containsExactly(waiter(902, 911), waiter(902, 912));
          assertThat(slots.lockOfJobs(tx, Set.of(901L, 902L, 903L)))
              .containsExactly(slot(902, 1), slot(902, 2), slot(903, 1));
        });
  }

  @Test
  @DisplayName("BK1: an end gives up its own slots at once, but none of a job that is waited for")
  void freesAtOnce() {
    inVain(
        tx -> {
          List<RunRow> ended = runs(tx, 901, 902, 903);
          slots.take(tx, List.of(slot(901, 1), slot(901, 2), slot(902, 1), slot(904, 1)));
          slots.await(tx, List.of(waiter(902, 912)));

          assertThat(slots.freeUnlessAwaited(tx, ended)).containsOnly(slot(901, 1));

          assertThat(slots.lockOfJobs(tx, Set.of(901L, 902L, 904L)))
              .containsExactly(slot(901, 2), slot(902, 1), slot(904, 1));
          assertThat(slots.awaited(tx, List.of(slot(901, 1), slot(902, 1)))).containsOnly(902L);
        });
  }

  @Test
  @DisplayName("slots are given up in the order of their keys, as everybody locks them")
  void freesInOrder() {
    inVain(
        tx -> {
          List<RunRow> ended = runs(tx, 903, 902, 901);
          // Each lies in the table before the one whose key is less.
          slots.take(tx, List.of(slot(903, 1)));
          slots.take(tx, List.of(slot(902, 1)));
          slots.take(tx, List.of(slot(901, 1)));

          assertThat(slots.freeUnlessAwaited(tx, ended))
              .containsExactly(slot(901, 1), slot(902, 1), slot(903, 1));
        });
  }

  @Test
  @DisplayName("of many slots those that are free are taken")
  void takesWhatIsFree() {
    inVain(
        tx -> {
          slots.take(tx, List.of(new Slot(905, 1, 7, AT)));

          assertThat(slots.takeFree(tx, many())).hasSize(many().size() - 1).doesNotContain(905L);
        });
  }

  @Test
  @DisplayName("each freed slot asks for one waiter, the earliest, and another holder keeps his")
  void oneWaiterForEachSlot() {
    inVain(
        tx -> {
          slots.take(tx, List.of(slot(902, 1), slot(902, 2)));
          slots.await(tx, List.of(waiter(902, 912), waiter(902, 911)));

          assertThat(slots.nextOrFree(tx, List.of(slot(902, 1)))).containsOnly(waiter(902, 911));
          slots.handOn(tx, List.of(new Slot(902, 1, 911, AT)));

          assertThat(slots.lockOfJobs(tx, Set.of(902L)))
              .containsExactly(new Slot(902, 1, 911, AT), slot(902, 2));
        });
  }

  private List<RunRow> runs(Tx tx, long... ids) {
    List<Long> list = LongStream.of(ids).boxed().toList();
    tx.update(RUNS, AT, SqlArray.longs(list));
    return ledger.lock(tx, list.stream().map(id -> new RunHandle(id, AT, 1, 0, 0)).toList());
  }

  private static List<Slot> many() {
    return LongStream.range(901, 901 + Tx.MANY).mapToObj(job -> slot(job, 1)).toList();
  }

  /** The run of a job has its number, and number 2 the one after the thousand. */
  private static Slot slot(long job, int number) {
    return new Slot(job, number, job + (number - 1) * 1_000L, AT);
  }

  private static Waiter waiter(long job, long run) {
    return new Waiter(job, run, AT);
  }

  private void inVain(Consumer<Tx> work) {
    RuntimeException undo = new IllegalStateException("nothing of this is kept");
    assertThatThrownBy(
            () ->
                database.run(
                    tx -> {
                      EmptiedTables.empty(tx);
                      work.accept(tx);
                      throw undo;
                    }))
        .isSameAs(undo);
  }
}
