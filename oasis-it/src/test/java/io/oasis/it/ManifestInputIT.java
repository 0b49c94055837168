package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Cli;
import io.oasis.it.harness.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What manifests can be made of, from the files of a user to a real server. */
class ManifestInputIT {
  private static Platform platform;
  private static Cli oasis;

  @BeforeAll
  static void start() {
    platform = Platform.start(ManifestInputIT.class);
    oasis = platform.cli();
    var app = "apiVersion: oasis/v1\nkind: App\nmetadata: {name: billing}\n";
    oasis.call("apply", "-f", platform.write("app.yaml", app).toString()).ok();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  @DisplayName("GO5: what import writes passes lint, applies, and the second apply changes nothing")
  void imports() {
    var crontab = platform.write("crontab", "MAILTO=ops@example.com\n30 2 * * * backup.sh %in\n");
    var cronJobs =
        platform.write(
            "cronjobs.yaml",
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: report, namespace: shop}
            spec:
              schedule: "*/15 * * * *"
              concurrencyPolicy: Forbid
              jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: i}]}}}}
            """);
    var dump =
        platform.write(
            "dump.sql",
            "INSERT INTO `xxl_job_info` (id, job_group, job_desc, schedule_type, schedule_conf,"
                + " executor_handler, glue_type) VALUES (1, 1, '清算', 'CRON', '0 0 3 ? * 6L',"
                + " 'settle', 'BEAN');");
    var imports =
        new Cli.Result[] {
          oasis.call("import", "crontab", crontab.toString()).ok(),
          oasis.call("import", "k8s", cronJobs.toString()).ok(),
          oasis.call("import", "xxl-job", dump.toString()).ok()
        };
    for (var imported : imports) {
      assertThat(imported.err()).contains("1 of 1 jobs imported", "the next 100 agree");
      var manifests = platform.write("imported.yaml", imported.out()).toString();

      oasis.call("lint", "-f", manifests).ok();
      assertThat(oasis.call("apply", "-f", manifests).ok().out()).contains("created");

      assertThat(oasis.call("apply", "-f", manifests).ok().out()).contains("Nothing to do");
      assertThat(oasis.call("plan", "-f", manifests, "--exit-code").exit()).isZero();
    }
  }

  @Test
  @DisplayName("schema prints what the server has at /api/v1/schema, which needs no token")
  void schema() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(platform.server().address() + "/api/v1/schema")).build();
    var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=3600");
    assertThat(oasis.call("schema").ok().out()).isEqualTo(answer.body());
  }

  @Test
  @DisplayName(
      "an overlay and variables are applied, and the server's mistakes stand where they are")
  void layers() {
    var job =
        platform.write(
            "layered.yaml",
            """
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: "${APP}", name: layered}
            spec: {schedule: none, handler: script, timeout: 1m, params: {script: count.sh}}
            """);
    var overlay =
        platform.write(
            "overlay.yaml",
            """
            kind: Job
            metadata: {app: billing, name: layered}
            spec: {timeout: 2m}
            """);

    oasis
        .call(
            "apply", "-f", job.toString(), "--set", "APP=billing", "--overlay", overlay.toString())
        .ok();
    var wrong = oasis.call("plan", "-f", job.toString(), "--set", "APP=nowhere");

    assertThat(oasis.call("get", "jobs", "-o", "name").ok().out()).contains("billing/layered");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("layered.yaml:3:17  metadata.app  there is no app nowhere");
  }
}
