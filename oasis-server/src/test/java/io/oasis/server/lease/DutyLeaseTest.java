package io.oasis.server.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class DutyLeaseTest {
  private static final Duration LEASE = Duration.ofMinutes(10);

  @Inject Database database;
  @Inject LeaseStore store;
  @Inject LeaseConfig config;
  @Inject ServerAddress address;
  @Inject InstantSource machine;

  private final String duty = "test-" + UUID.randomUUID();
  private DutyLease ours;
  private DutyLease theirs;

  @BeforeEach
  void twoServers() {
    ours = server();
    theirs = server();
  }

  @Test
  @DisplayName("one server at a time holds a duty, and its holder may renew it")
  void oneHolder() {
    Optional<DutyLease.Held> first = ours.take(duty, LEASE);

    assertThat(first).isPresent();
    assertThat(theirs.take(duty, LEASE)).isEmpty();
    assertThat(ours.take(duty, LEASE)).isEqualTo(first);
  }

  @Test
  @DisplayName("a duty whose lease has ended goes to another server with a higher epoch")
  void goesOn() {
    DutyLease.Held first = ours.take(duty, LEASE).orElseThrow();
    end();

    DutyLease.Held second = theirs.take(duty, LEASE).orElseThrow();

    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertThat(held(ours, first)).as("the earlier holder may write nothing").isFalse();
    assertThat(held(theirs, second)).isTrue();
  }

  @Test
  @DisplayName("a holder whose own lease had ended between gets a new epoch, too")
  void ownGap() {
    DutyLease.Held first = ours.take(duty, LEASE).orElseThrow();
    end();

    DutyLease.Held second = ours.take(duty, LEASE).orElseThrow();

    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertThat(held(ours, first)).isFalse();
  }

  private boolean held(DutyLease server, DutyLease.Held held) {
    return database.call(tx -> server.stillHeld(tx, held));
  }

  private void end() {
    database.run(tx -> tx.update("UPDATE duty SET lease_until = now() WHERE name = ?", duty));
  }

  private DutyLease server() {
    return new DutyLease(
        database,
        store,
        new ServerMembership(
            database, store, new DatabaseClock(database, machine), config, address));
  }
}
