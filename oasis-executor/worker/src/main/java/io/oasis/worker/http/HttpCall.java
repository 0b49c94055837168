package io.oasis.worker.http;

import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run's params ask to be called.
 *
 * @param uri where to
 * @param method in upper case
 * @param headers by name, in any case
 * @param body empty for none
 * @param timeout from the dial to the last byte that is read
 */
record HttpCall(
    URI uri, String method, Map<String, String> headers, String body, Duration timeout) {
  private static final String HEADER_PREFIX = "headers.";
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|)");
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** Headers that speak for the caller at one host and must not be told to another. */
  private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");

  /**
   * Reads the params.
   *
   * @param base what an address without a host belongs to
   * @throws NonRetryableException when one is missing or wrong
   */
  static HttpCall of(RunContext run, URI base) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    run.params()
        .forEach(
            (name, value) -> {
              if (name.startsWith(HEADER_PREFIX)) {
                headers.put(name.substring(HEADER_PREFIX.length()), value);
              }
            });
    String body = run.param("body", "");
    String method = run.param("method", body.isEmpty() ? "GET" : "POST").toUpperCase(Locale.ROOT);
    return new HttpCall(base.resolve(uri(run.param("url"))), method, headers, body, timeout(run));
  }

  HttpRequest request() {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(uri)
              .timeout(timeout)
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      headers.forEach(builder::header);
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new NonRetryableException("the call cannot be made: " + e.getMessage());
    }
  }

  /** The call that an answer's redirect asks for. */
  HttpCall redirected(int status, String location) {
    URI target = uri.resolve(uri(location));
    boolean drop = status == 303 || (status <= 302 && method.equals("POST"));
    Map<String, String> kept = new TreeMap<>(headers);
    boolean sameHost =
        uri.getHost().equalsIgnoreCase(target.getHost()) && uri.getPort() == target.getPort();
    if (!sameHost) {
      kept.keySet().removeIf(name -> CREDENTIALS.contains(name.toLowerCase(Locale.ROOT)));
    }
    return new HttpCall(target, drop ? "GET" : method, kept, drop ? "" : body, timeout);
  }

  private static URI uri(String text) {
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new NonRetryableException("\"" + text + "\" is no address: " + e.getReason());
    }
  }

  private static Duration timeout(RunContext run) {
    String text = run.param("timeout", "");
    if (text.isEmpty()) {
      return DEFAULT_TIMEOUT;
    }
    Matcher matcher = TIME.matcher(text.strip());
    long amount = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    if (amount == 0) {
      throw new NonRetryableException(
          "params.timeout: \"" + text + "\" is no time; write 500ms, 10s or 2m");
    }
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
