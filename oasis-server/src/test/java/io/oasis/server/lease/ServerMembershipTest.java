package io.oasis.server.lease;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ServerMembershipTest {
  @Inject ServerMembership membership;
  @Inject Database database;
  @Inject LeaseStore store;
  @Inject LeaseConfig config;
  @Inject ServerAddress address;
  @Inject InstantSource machine;

  @Test
  @DisplayName("a running server has a row whose lease lasts")
  void hasItsRow() {
    assertThat(membership.serverId()).matches("s-[0-9a-f]{7}");
    assertThat(leaseLasts(membership.serverId())).contains(true);
    assertThat(membership.trusted()).isTrue();
  }

  @Test
  @DisplayName("a row that was removed while the server lives comes back with the next renewal")
  void rowComesBack() {
    ServerMembership other = another(machine);
    other.renew();
    database.run(tx -> store.leave(tx, other.serverId()));
    assertThat(leaseLasts(other.serverId())).isEmpty();

    other.renew();

    assertThat(leaseLasts(other.serverId())).contains(true);
    database.run(tx -> store.leave(tx, other.serverId()));
  }

  @Test
  @DisplayName("FN9 when the database fails, the unbroken time is zero")
  void failureResets() {
    FlakySource source = new FlakySource();
    Database flaky = new Database(source.proxy());
    ServerMembership other =
        new ServerMembership(flaky, store, new DatabaseClock(flaky, machine), config, address);

    assertThatThrownBy(other::renew).isInstanceOf(DatabaseException.class);

    assertThat(other.continuouslyRenewedFor()).isZero();
    assertThat(other.trusted()).isFalse();
  }

  @Test
  @DisplayName(
      "TM2 a clock 10 min ahead is measured, written to the row and makes the server not ready")
  void skewIsMeasured() {
    ServerMembership skewed = another(() -> machine.instant().plus(Duration.ofMinutes(10)));

    skewed.renew();

    assertThat(skewed.clockSkew()).isBetween(Duration.ofSeconds(590), Duration.ofSeconds(610));
    assertThat(leaseLasts(skewed.serverId())).as("TM1 the lease is the database's").contains(true);
    assertThat(leaseEnd(skewed.serverId())).isBefore(databaseNow().plusSeconds(11));
    assertThat(new MembershipCheck(skewed, config).call().getStatus().name()).isEqualTo("DOWN");
    database.run(tx -> store.leave(tx, skewed.serverId()));
  }

  @Test
  @DisplayName("rows of servers that died are removed after a while, living ones stay")
  void deadRowsGo() {
    database.run(
        tx ->
            tx.update(
                "INSERT INTO server (id, address, version, lease_until)"
                    + " VALUES ('s-dead', 'x:1', '0', now() - interval '2 hours')"));

    membership.forgetDeadServers();

    assertThat(leaseLasts("s-dead")).isEmpty();
    assertThat(leaseLasts(membership.serverId())).contains(true);
  }

  @Test
  @DisplayName("the readiness check names the membership and is up")
  void ready() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", hasItem("membership"));
  }

  private ServerMembership another(InstantSource clock) {
    return new ServerMembership(
        database, store, new DatabaseClock(database, clock), config, address);
  }

  private Optional<Boolean> leaseLasts(String id) {
    return database.call(
        tx ->
            tx.first(
                "SELECT lease_until > clock_timestamp() AS lasts FROM server WHERE id = ?",
                row -> row.flag("lasts"),
                id));
  }

  private Instant leaseEnd(String id) {
    return database.call(
        tx ->
            tx.one(
                "SELECT lease_until FROM server WHERE id = ?",
                row -> row.instant("lease_until"),
                id));
  }

  private Instant databaseNow() {
    return database.call(
        tx -> tx.one("SELECT clock_timestamp() AS now", row -> row.instant("now")));
  }

  /** A data source that never has a connection. */
  private static final class FlakySource {
    DataSource proxy() {
      return (DataSource)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {DataSource.class},
              (self, method, arguments) -> {
                if (method.getReturnType() == PrintWriter.class) {
                  return null;
                }
                throw new SQLException("connection refused", "08001");
              });
    }
  }
}
