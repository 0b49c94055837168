package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.log.LogPosition;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LiveLogTest {
  private static final Pattern LINE_ID = Pattern.compile("id=\"L([0-9.]+)\"");

  @Inject SampleRuns samples;

  @TestHTTPResource("/")
  URI server;

  @Test
  @DisplayName("LG1: the stream says every line once, in order, and ends with the log")
  void wholeLog() throws Exception {
    String events = stream("/runs/" + samples.failedRun() + "/log/live?after=0.0.0", "");

    assertThat(lineIds(events)).hasSize(2 * SampleRuns.LINES).doesNotHaveDuplicates();
    assertThat(lineIds(events)).startsWith("1.0.1").endsWith("2.0.7");
    assertThat(events).contains("event:head", "event:end", "End of the log");
    assertThat(events).doesNotContain("<script>alert");
  }

  @Test
  @DisplayName(
      "a log without lines says so in both languages, of a run that is over in other words")
  void noLines() throws Exception {
    long over = samples.silentRun();
    assertThat(Browser.signedIn("en").get("/runs/" + over).asString())
        .contains("The run is over and has no log lines.")
        .doesNotContain("No line yet", "End of the log");
    assertThat(Browser.signedIn("zh-CN").get("/runs/" + over).asString()).contains("本次执行已结束，没有日志。");
    assertThat(stream("/runs/" + over + "/log/live?after=" + LogPosition.START, ""))
        .contains("event:end", "The run is over and has no log lines.");

    long running = samples.silentYet();
    assertThat(Browser.signedIn("en").get("/runs/" + running).asString())
        .contains("No line yet. Lines appear here as the run writes them.")
        .doesNotContain("has no log lines");
    assertThat(Browser.signedIn("zh-CN").get("/runs/" + running).asString())
        .contains("还没有日志，执行中写出的日志会显示在这里。");
  }

  @Test
  @DisplayName("LG3: a stream that was cut goes on after the last line that arrived")
  void resume() throws Exception {
    String events = stream("/runs/" + samples.failedRun() + "/log/live?after=0.0.0", "2.0.5");

    assertThat(lineIds(events)).containsExactly("2.0.6", "2.0.7");
    assertThat(events).contains("id:2.0.7");
  }

  @Test
  @DisplayName("the stream of a run that does not exist is refused, so that no browser tries again")
  void noSuchRun() throws Exception {
    HttpResponse<String> answer = answer("/runs/99999999/log/live", "");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("event:");
  }

  private static List<String> lineIds(String events) {
    return LINE_ID.matcher(events).results().map((MatchResult m) -> m.group(1)).toList();
  }

  /** Reads until the server ends the stream. */
  private String stream(String path, String lastEventId) throws IOException, InterruptedException {
    return answer(path, lastEventId).body();
  }

  private HttpResponse<String> answer(String path, String lastEventId)
      throws IOException, InterruptedException {
    String session = Browser.signedIn("en").cookies().get("oasis_session");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", "text/event-stream")
            .header("Cookie", "oasis_session=" + session);
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
