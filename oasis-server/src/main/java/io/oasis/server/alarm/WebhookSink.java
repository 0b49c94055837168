package io.oasis.server.alarm;

import io.oasis.server.database.JsonText;
import io.oasis.server.run.Remark;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;

/**
 * Tells by a signed HTTP request, in the form of Standard Webhooks (standardwebhooks.com), for
 * which receivers find libraries.
 */
@ApplicationScoped
public class WebhookSink implements AlarmSink {
  static final String NO_WEBHOOK = Remark.NO_WEBHOOK.text();

  private static final Logger LOG = Logger.getLogger(WebhookSink.class);
  private static final int GONE = 410;
  private static final String ENCODED_SECRET = "whsec_";
  private static final String HMAC = "HmacSHA256";

  private final WebhookConfig config;
  private final AlarmConfig alarms;
  private final DatabaseClock clock;
  private final HttpClient client;

  public WebhookSink(WebhookConfig config, AlarmConfig alarms, DatabaseClock clock) {
    this.config = config;
    this.alarms = alarms;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(config.timeout())
            // A redirect would take the alarm to where nobody configured it.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** A setting that cannot work is said at the start, not when the first alarm is lost. */
  void start(@Observes StartupEvent event) {
    config.url().ifPresent(WebhookSink::requireHttp);
    config.secret().ifPresent(secret -> sign(secret, ""));
    shown(config)
        .ifPresent(
            to ->
                LOG.infof(
                    "alarms are posted to %s%s",
                    to, config.secret().isPresent() ? "" : ", not signed (OASIS_WEBHOOK_SECRET)"));
  }

  private static void requireHttp(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "OASIS_WEBHOOK_URL must be an address such as https://hooks.example.com/oasis");
    }
  }

  @Override
  public boolean isOpen() {
    return config.url().isPresent();
  }

  /** What lists of deliveries show of the address: its path may be a secret. */
  static Optional<String> shown(WebhookConfig config) {
    return config.url().map(url -> url.getScheme() + "://" + url.getHost());
  }

  @Override
  public SendResult send(Notice notice) {
    Optional<URI> url = config.url();
    if (url.isEmpty()) {
      return new SendResult.Refused(NO_WEBHOOK);
    }
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request(url.get(), notice), HttpResponse.BodyHandlers.discarding());
    try {
      int status = answer.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
      if (status >= 200 && status < 300) {
        return new SendResult.Sent();
      }
      String why = Remark.WEBHOOK_ANSWERED.text(status);
      return status == GONE ? new SendResult.Refused(why) : new SendResult.NotNow(why);
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new SendResult.NotNow(Remark.WEBHOOK_SILENT.text(config.timeout().toSeconds()));
    } catch (ExecutionException e) {
      String why = AlarmSink.words(e.getCause());
      return new SendResult.NotNow(Remark.WEBHOOK_UNREACHABLE.text(why));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SendResult.NotNow(Remark.SERVER_STOPPING.text());
    }
  }

  private HttpRequest request(URI url, Notice notice) {
    String id = WebhookBody.id(notice);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    String body = JsonText.write(WebhookBody.of(notice, alarms.publicUrl()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(config.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "oasis-scheduler")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    config
        .secret()
        .ifPresent(
            secret ->
                request.header(
                    "webhook-signature", "v1," + sign(secret, id + "." + timestamp + "." + body)));
    return request.build();
  }

  /** The HMAC of a text; the secret is text, or bytes in Base64 after {@code whsec_}. */
  static String sign(String secret, String text) {
    byte[] key =
        secret.startsWith(ENCODED_SECRET)
            ? Base64.getDecoder().decode(secret.substring(ENCODED_SECRET.length()))
            : secret.getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
