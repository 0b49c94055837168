package io.oasis.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.Runs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From a manifest to an inbox, through a real mail server. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
@QuarkusTestResource(value = MailServer.class, restrictToAnnotatedClass = true)
class AlarmMailTest {
  private static final String HARM = "<script>alert(1)</script>";

  @Inject Applier applier;
  @Inject Database database;
  @Inject Runs runs;
  @Inject FakeNodes nodes;
  @Inject TestMail testMail;

  private AlarmBench bench;
  private String li;

  @BeforeEach
  void app() {
    bench = new AlarmBench(applier, database, runs, nodes);
    li = bench.address("li");
  }

  @Test
  @DisplayName(
      "LG6: the owner gets one mail when it begins, one after the interval, one when it is over")
  void openRepeatRecovery() {
    long job =
        bench.job(
            "nightly",
            "title: Nightly settlement",
            "owner: {name: Li Wei, email: " + li + "}",
            "alarm: {mail: [owner], repeat: 1h}");

    long first = bench.fails("nightly", "exit 2");
    MimeMessage opened = mails(1).get(0);
    bench.fails("nightly", "exit 2");
    bench.age(job, 60);
    bench.fails("nightly", "exit 3");
    MimeMessage repeated = mails(2).get(1);
    bench.succeeds("nightly");
    MimeMessage recovered = mails(3).get(2);

    String key = bench.key("nightly");
    assertThat(MailServer.subject(opened)).isEqualTo("[Oasis] " + key + " failed: exit 2");
    assertThat(MailServer.body(opened, "text/plain"))
        .contains(key + " failed.", "Job: Nightly settlement (" + key + ")", "Owner: Li Wei")
        .contains("Why: exit 2", "Attempt: 1 of 1", "Node: " + bench.node(), "(UTC)")
        .contains("https://oasis.example.com/runs/" + first, "oasis ack ");
    assertThat(MailServer.subject(repeated))
        .isEqualTo("[Oasis] " + key + " failed again, 3 failures so far");
    assertThat(MailServer.subject(recovered)).isEqualTo("[Oasis] " + key + " has recovered");
    assertThat(MailServer.header(recovered, "References"))
        .isEqualTo(MailServer.header(opened, "References"))
        .matches("<oasis-incident-\\d+@example.com>");
    assertThat(List.of(opened, repeated, recovered))
        .extracting(mail -> MailServer.header(mail, "Message-ID"))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("<oasis-alarm-\\d+@example.com>"));
    assertThat(MailServer.header(opened, "Auto-Submitted")).isEqualTo("auto-generated");
  }

  @Test
  @DisplayName("a job says in which language its mails are, and in its zone when things happened")
  void chinese() {
    bench.job("daily", "title: 每日清算", "alarm: {mail: [" + li + "], language: zh-CN}");

    bench.fails("daily", "退出码 2");
    MimeMessage opened = mails(1).get(0);
    bench.succeeds("daily");
    MimeMessage recovered = mails(2).get(1);

    assertThat(MailServer.subject(opened))
        .isEqualTo("[Oasis] " + bench.key("daily") + " 执行失败: 退出码 2");
    assertThat(MailServer.body(opened, "text/plain")).contains("任务: 每日清算", "原因: 退出码 2", "节点（执行器）");
    assertThat(MailServer.body(opened, "text/html")).contains("<html lang=\"zh-CN\">", "查看调度轨迹");
    assertThat(MailServer.subject(recovered)).contains("已恢复");
  }

  @Test
  @DisplayName("LG5: what a handler says is text in the mail, and cannot make headers")
  void harm() {
    bench.job("harm", "title: 'x " + HARM + "'", "alarm: {mail: [" + li + "]}");

    bench.fails("harm", "boom\r\nBcc: everybody@example.com\r\n\r\n" + HARM);
    MimeMessage mail = mails(1).get(0);

    assertThat(MailServer.header(mail, "Bcc")).isNull();
    assertThat(MailServer.subject(mail)).doesNotContain("\r", "\n");
    assertThat(MailServer.body(mail, "text/html"))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script");
    assertThat(MailServer.inbox("everybody@example.com")).isEmpty();
  }

  @Test
  @DisplayName("many alarms to one address are one mail that names them all, not a flood")
  void digest() {
    List<Assignment> running = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      bench.job("job-" + i, "alarm: {mail: [" + li + "]}");
    }
    for (int i = 0; i < 20; i++) {
      bench.trigger("job-" + i);
    }
    for (int i = 0; i < 20; i++) {
      running.add(nodes.next(bench.node()));
    }
    // All at once: each mail names what has failed within a moment, however long 20 take in turn.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      running.forEach(
          run -> threads.submit(() -> nodes.finish(run.run(), Outcome.FAILED, "exit 1")));
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              String all =
                  String.join(
                      "\n",
                      MailServer.inbox(li).stream()
                          .map(mail -> MailServer.body(mail, "text/plain"))
                          .toList());
              for (int i = 0; i < 20; i++) {
                assertThat(all).contains(bench.key("job-" + i) + " failed.");
              }
            });

    assertThat(MailServer.inbox(li)).hasSizeLessThan(10);
    assertThat(MailServer.inbox(li)).anyMatch(mail -> MailServer.subject(mail).contains("alarms"));
  }

  @Test
  @DisplayName("a test mail arrives, in the language that was asked for")
  void testMail() {
    SendResult result = testMail.send(li, Optional.of(Language.ZH_CN), "admin");

    assertThat(result).isInstanceOf(SendResult.Sent.class);
    assertThat(MailServer.subject(mails(1).get(0))).isEqualTo("[Oasis] 测试邮件");
  }

  private List<MimeMessage> mails(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(MailServer.inbox(li)).hasSize(count));
    return MailServer.inbox(li);
  }
}
