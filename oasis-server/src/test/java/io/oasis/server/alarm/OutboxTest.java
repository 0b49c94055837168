package io.oasis.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import io.oasis.server.FreePort;
import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.lease.DutyLease;
import io.oasis.server.lease.LeaseConfig;
import io.oasis.server.lease.LeaseStore;
import io.oasis.server.lease.ServerAddress;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Runs;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Mail servers that are down or silent, servers that die, several servers at once. */
@QuarkusTest
@TestProfile(NoAlarmLoop.class)
@QuarkusTestResource(TestDatabase.class)
class OutboxTest {
  /** Long: a mail that a slow machine takes for lost is sent twice. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(1_500);
  private static final AlarmSender.Limits LIMITS =
      new AlarmSender.Limits(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofDays(1));

  @Inject Applier applier;
  @Inject Database database;
  @Inject Runs runs;
  @Inject FakeNodes nodes;
  @Inject OutboxStore store;
  @Inject NoticeReader reader;
  @Inject LetterWriter letters;
  @Inject DatabaseClock clock;
  @Inject LeaseStore leases;
  @Inject LeaseConfig leaseConfig;
  @Inject ServerAddress address;
  @Inject Vertx vertx;

  private final int port = FreePort.find();
  private AlarmBench bench;
  private String li;
  private GreenMail mails;

  @BeforeEach
  void app() {
    // What an earlier test left is none of this one's.
    database.run(tx -> tx.update("DELETE FROM incident"));
    database.run(tx -> tx.update("UPDATE duty SET lease_until = '-infinity'"));
    bench = new AlarmBench(applier, database, runs, nodes);
    li = bench.address("li");
  }

  @AfterEach
  void stopMailServer() {
    if (mails != null) {
      mails.stop();
    }
  }

  @Test
  @DisplayName("LG6: while the mail server is down runs go on; when it is back the mail is sent")
  void downThenUp() {
    long job = job("nightly");
    AlarmSender sender = server(sink());
    bench.fails("nightly", "exit 1");
    due();

    sender.runOnce();
    assertThat(bench.outbox(job)).containsExactly("OPENED " + li + " PENDING");
    assertThat(error(job)).contains("the mail server cannot be used");
    long next = bench.succeeds("nightly");
    assertThat(runs.find(next).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);

    mails = MailServer.open(port);
    sendAll(sender, job);

    assertThat(MailServer.inbox(mails, li)).hasSize(2);
    assertThat(bench.outbox(job))
        .containsExactly("OPENED " + li + " SENT", "RECOVERED " + li + " SENT");
  }

  @Test
  @DisplayName("LG6: a mail server that accepts and never answers holds up nothing but its mail")
  void hang() throws IOException {
    long job = job("nightly");
    MailSink sink = sink(SHORT_TIMEOUT);
    bench.fails("nightly", "exit 1");
    due();

    try (ServerSocket silent = new ServerSocket(port, 50, InetAddress.getByName("localhost"))) {
      AlarmSender sender = server(sink);
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        Future<Duration> turn = thread.submit(sender::runOnce);
        bench.fails("nightly", "exit 1");
        bench.succeeds("nightly");
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(turn::isDone);
      } finally {
        thread.shutdownNow();
      }
      assertThat(silent.isBound()).isTrue();
      assertThat(bench.outbox(job).get(0)).isEqualTo("OPENED " + li + " PENDING");
    }

    mails = MailServer.open(port);
    sendAll(server(sink()), job);
    assertThat(MailServer.inbox(mails, li)).hasSize(2);
  }

  @Test
  @DisplayName("LG6: mails that hang leave no connection behind, so that the next one is sent")
  void hangsLeaveNothing() throws IOException {
    MailSink sink =
        new MailSink(
            new Settings(Optional.of("localhost"), port, Duration.ofMillis(300)), letters, vertx);
    Letter letter = new Letter(li, "subject", "text", "<p>html</p>", "id", "");

    try (ServerSocket silent = new ServerSocket(port, 50, InetAddress.getByName("localhost"))) {
      assertThat(silent.isBound()).isTrue();
      for (int i = 0; i < 12; i++) {
        assertThat(sink.send(letter)).isInstanceOf(SendResult.NotNow.class);
      }
    }
    mails = MailServer.open(port);

    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(sink.send(letter)).isInstanceOf(SendResult.Sent.class));
  }

  @Test
  @DisplayName("a server that dies after a mail left sends it again, under the same Message-ID")
  void diesBeforeItIsNoted() {
    mails = MailServer.open(port);
    long job = job("nightly");
    bench.fails("nightly", "exit 1");
    due();
    MailSink sink = sink();
    AlarmSink dies =
        new AlarmSink() {
          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public SendResult send(Notice notice) {
            assertThat(sink.send(notice)).isInstanceOf(SendResult.Sent.class);
            throw new IllegalStateException("killed");
          }
        };

    assertThatThrownBy(() -> server(dies).runOnce()).hasMessage("killed");
    sendAll(server(sink), job);

    List<MimeMessage> got = MailServer.inbox(mails, li);
    assertThat(got).hasSize(2);
    assertThat(MailServer.header(got.get(0), "Message-ID"))
        .isEqualTo(MailServer.header(got.get(1), "Message-ID"));
  }

  @Test
  @DisplayName("three servers at once send each mail once")
  void sendOnce() throws Exception {
    mails = MailServer.open(port);
    for (int i = 0; i < 3; i++) {
      job("job-" + i);
      bench.fails("job-" + i, "exit 1");
    }
    due();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<?>> servers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      AlarmSender sender = server(sink());
      servers.add(
          threads.submit(
              () -> {
                for (int turn = 0; turn < 20; turn++) {
                  sender.runOnce();
                }
              }));
    }
    for (Future<?> server : servers) {
      server.get();
    }
    threads.shutdown();

    assertThat(MailServer.inbox(mails, li)).hasSize(3);
  }

  @Test
  @DisplayName("an address that does not exist is given up at once, and others get theirs")
  void refused() {
    mails = MailServer.open(port);
    long job = bench.job("nightly", "alarm: {mail: [" + li + ", a@b.example]}");
    bench.fails("nightly", "exit 1");
    due();
    MailSink sink = sink();
    AlarmSink picky =
        new AlarmSink() {
          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public SendResult send(Notice notice) {
            return notice.address().equals(li)
                ? sink.send(notice)
                : new SendResult.Refused("the mail server says: 550 no such user");
          }
        };

    server(picky).runOnce();

    assertThat(bench.outbox(job))
        .containsExactlyInAnyOrder("OPENED " + li + " SENT", "OPENED a@b.example FAILED");
  }

  @Test
  @DisplayName("what could not be sent for too long is given up and says why")
  void tooOld() {
    long job = job("nightly");
    bench.fails("nightly", "exit 1");
    due();
    database.run(tx -> tx.update("UPDATE alarm SET created_at = now() - interval '25 hours'"));

    server(sink()).runOnce();

    assertThat(bench.outbox(job)).containsExactly("OPENED " + li + " FAILED");
    assertThat(error(job)).contains("the mail server cannot be used");
  }

  @Test
  @DisplayName("without a mail server alarms are kept and say that there is none")
  void noMailServer() {
    long job = job("nightly");
    bench.fails("nightly", "exit 1");
    due();

    server(new MailSink(new Settings(Optional.empty(), port, TIMEOUT), letters, vertx)).runOnce();

    assertThat(bench.incidents(job)).hasSize(1);
    assertThat(bench.outbox(job)).containsExactly("OPENED " + li + " FAILED");
    assertThat(error(job)).contains("OASIS_MAIL_HOST");
  }

  private long job(String name) {
    return bench.job(name, "alarm: {mail: [" + li + "]}");
  }

  /** As if the time to gather were over. */
  private void due() {
    database.run(tx -> tx.update("UPDATE alarm SET due_at = now() WHERE state = 'PENDING'"));
  }

  private void sendAll(AlarmSender sender, long job) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              due();
              sender.runOnce();
              assertThat(bench.outbox(job)).noneMatch(line -> line.endsWith("PENDING"));
            });
  }

  private String error(long job) {
    return database.call(
        tx ->
            tx.one(
                """
                SELECT max(a.error) AS error FROM alarm a JOIN incident i ON i.id = a.incident_id
                 WHERE i.job_uid = ?
                """,
                row -> row.text("error"),
                job));
  }

  private MailSink sink() {
    return sink(TIMEOUT);
  }

  private MailSink sink(Duration timeout) {
    return new MailSink(new Settings(Optional.of("localhost"), port, timeout), letters, vertx);
  }

  /** One more server. */
  private AlarmSender server(AlarmSink sink) {
    ServerMembership membership =
        new ServerMembership(database, leases, clock, leaseConfig, address);
    return new AlarmSender(
        database,
        store,
        reader,
        new AlarmSender.Route(Delivery.Channel.MAIL, sink, AlarmSender.NO_MAIL_SERVER),
        new DutyLease(database, leases, membership),
        clock,
        LIMITS);
  }

  private record Settings(Optional<String> host, int number, Duration timeout)
      implements MailConfig {
    @Override
    public OptionalInt port() {
      return OptionalInt.of(number);
    }

    @Override
    public Optional<String> from() {
      return Optional.of("oasis@example.com");
    }

    @Override
    public Optional<String> user() {
      return Optional.empty();
    }

    @Override
    public Optional<String> password() {
      return Optional.empty();
    }

    @Override
    public Tls tls() {
      return Tls.OFF;
    }
  }
}
