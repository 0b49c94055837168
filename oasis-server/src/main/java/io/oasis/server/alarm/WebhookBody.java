package io.oasis.server.alarm;

import io.oasis.server.run.RunView;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is posted to the webhook: plain maps, in a fixed order, documented in docs/alarms.md. */
final class WebhookBody {
  private WebhookBody() {}

  static Map<String, Object> of(Notice notice, Optional<URI> publicUrl) {
    Notice.Item item = notice.items().get(0);
    Incident incident = item.incident();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id(notice));
    body.put("event", word(item.event()));
    body.put("at", item.at().toString());
    body.put("job", job(incident.job()));
    Map<String, Object> trouble = new LinkedHashMap<>();
    trouble.put("id", incident.id());
    trouble.put("kind", word(incident.kind()));
    trouble.put("openedAt", incident.openedAt().toString());
    trouble.put("failures", item.failures());
    body.put("incident", trouble);
    item.run().ifPresent(run -> body.put("run", run(run, publicUrl)));
    if (!item.lastLines().isEmpty()) {
      body.put("lastLines", item.lastLines());
    }
    return body;
  }

  /** The same however often it is posted. */
  static String id(Notice notice) {
    return "oasis-alarm-" + notice.id();
  }

  private static Map<String, Object> job(Incident.Subject subject) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("app", subject.key().app());
    job.put("name", subject.key().name());
    job.put("title", subject.title());
    job.put("owner", Map.of("name", subject.owner().name(), "email", subject.owner().email()));
    return job;
  }

  private static Map<String, Object> run(RunView view, Optional<URI> publicUrl) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("id", view.id());
    run.put("state", view.state().name());
    view.reason().ifPresent(reason -> run.put("reason", reason));
    view.message().ifPresent(message -> run.put("message", message));
    run.put("attempt", view.attempt());
    run.put("maxAttempts", view.maxAttempts());
    view.node().ifPresent(node -> run.put("node", node));
    run.put("nominalAt", view.times().nominal().toString());
    view.times().finished().map(Instant::toString).ifPresent(at -> run.put("finishedAt", at));
    publicUrl.ifPresent(
        url -> run.put("url", url.toString().replaceFirst("/+$", "") + "/runs/" + view.id()));
    return run;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
