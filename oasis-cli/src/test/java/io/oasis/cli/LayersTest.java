package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LayersTest extends ShellWithServer {
  private static final String JOB =
      """
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: "${APP}", name: nightly}
      spec:
        schedule: none
        handler: settle
        timeout: 10m
      """;
  private static final String PATCH =
      """
      kind: Job
      metadata: {app: billing, name: nightly}
      spec:
        timeout: 1h
      """;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  @DisplayName("variables and overlays are applied before anything is sent")
  void sentAsResolved() throws IOException {
    server.on("POST /apply", 200, "{\"applied\":true,\"summary\":{},\"steps\":[]}");
    String env = write("prod.env", "APP=wrong\n");

    TestShell.Result result =
        shell.call(
            "apply",
            "-f",
            write("job.yaml", JOB),
            "--overlay",
            write("over.yaml", PATCH),
            "--env-file",
            env,
            "--set",
            "APP=billing");

    assertThat(result.err()).isEmpty();
    assertThat(server.requests().get(0).json().path("files")).hasSize(1);
    assertThat(server.requests().get(0).json().path("files").get(0).path("content").asText())
        .isEqualTo(
            "--- {\"apiVersion\": \"oasis/v1\", \"kind\": Job, \"metadata\": {\"app\": billing,"
                + " \"name\": nightly}, \"spec\": {\"schedule\": none, \"handler\": settle,"
                + " \"timeout\": 1h}}\n");
  }

  @Test
  @DisplayName("what the server finds wrong is shown where the user wrote it, also in an overlay")
  void serverMistakes() throws IOException {
    String job = write("job.yaml", JOB);
    String over = write("over.yaml", PATCH);
    server.onText(
        "POST /plan",
        422,
        "application/problem+json",
        """
        {"status":422,"code":"invalid","detail":"no","errors":[
          {"file":"%s","line":1,"column":45,"path":"metadata.app","message":"there is no app"},
          {"file":"%s","line":1,"column":99,"path":"spec.timeout","message":"too long","hint":"h"}]}
        """
            .formatted(job, job));

    TestShell.Result result =
        shell.call("plan", "-f", job, "--overlay", over, "--set", "APP=billing");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            %s:3:17  metadata.app  there is no app
            %s:4:12  spec.timeout  too long; h
            oasis: 2 errors, nothing was changed
            """
                .formatted(job, over));
  }

  @Test
  @DisplayName("GO12: wrong variables and overlays are told with their place, exit code 2")
  void mistakes() throws IOException {
    String job = write("job.yaml", JOB);
    String env = write("bad.env", "APP=x\n\nnonsense\n");
    String over = write("over.yaml", PATCH.replace("nightly", "nigthly"));

    TestShell.Result undefined = shell.call("lint", "-f", job, "--set", "AP=billing");
    TestShell.Result badFile = shell.call("lint", "-f", job, "--env-file", env);
    TestShell.Result badSet = shell.call("lint", "-f", job, "--set", "1A=2");
    TestShell.Result noFile = shell.call("lint", "-f", job, "--env-file", "nowhere.env");
    TestShell.Result patch =
        shell.call("lint", "-f", job, "--set", "APP=billing", "--overlay", over);

    assertThat(undefined.exit()).isEqualTo(2);
    assertThat(undefined.err())
        .contains(job + ":3:18  metadata.app")
        .contains("did you mean `${AP}`");
    assertThat(badFile.exit()).as(badFile.err()).isEqualTo(2);
    assertThat(badFile.err()).startsWith(env + ":3:1  this is not NAME=value").hasLineCount(1);
    assertThat(badSet.exit()).isEqualTo(2);
    assertThat(badSet.err()).contains("1A=2").hasLineCount(1);
    assertThat(noFile.exit()).isEqualTo(2);
    assertThat(noFile.err()).contains("nowhere.env: no such file").hasLineCount(1);
    assertThat(patch.exit()).isEqualTo(2);
    assertThat(patch.err()).contains(over + ":2:").contains("did you mean job billing/nightly?");
  }

  @Test
  @DisplayName("GO12: a variable of --set that no manifest uses is a mistake, one of a file is not")
  void unused() throws IOException {
    String job = write("job.yaml", JOB);
    String env = write("prod.env", "APP=billing\nOTHER=x\n");
    String escaped =
        write(
            "escaped.yaml",
            JOB.replace("${APP}", "billing")
                .replace("handler: settle", "handler: settle\n  params: {x: \"$${REGION}\"}"));

    TestShell.Result typo =
        shell.call("lint", "-f", job, "--env-file", env, "--set", "APPP=hush-hush");
    TestShell.Result text = shell.call("lint", "-f", escaped, "--set", "REGION=eu");

    assertThat(shell.call("lint", "-f", job, "--env-file", env).exit()).isZero();
    assertThat(typo.exit()).isEqualTo(2);
    assertThat(typo.err())
        .contains("--set APPP: no manifest uses ${APPP}; did you mean APP?")
        .doesNotContain("hush-hush")
        .hasLineCount(1);
    assertThat(text.exit()).isEqualTo(2);
    assertThat(text.err()).contains("no manifest uses ${REGION}").hasLineCount(1);
  }
}
