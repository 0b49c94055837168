package io.oasis.worker.http;

import io.oasis.executor.Handler;
import io.oasis.executor.LogStream;
import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunContext;
import io.oasis.executor.RunFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes an HTTP call: its status decides the outcome. A 5xx or no answer at all may be tried again,
 * another unexpected status may not, except for those that mean "later". The params are in {@code
 * docs/executor.md}.
 */
public final class HttpHandler implements Handler {
  private static final int SHOWN_BYTES = 4 * 1024;
  private static final int MOST_REDIRECTS = 5;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Request timeout, too early, too many requests. */
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  private final AllowedHosts allowed;
  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /**
   * One answer.
   *
   * @param status its status
   * @param location where a redirect points to
   * @param body the first bytes of its body
   * @param whole whether these are all
   */
  private record Answer(int status, Optional<String> location, String body, boolean whole) {}

  /** Makes the handler for calls to these hosts; every job's address has to name one. */
  public HttpHandler(AllowedHosts allowed) {
    this(allowed, URI.create(""));
  }

  /**
   * Makes the handler for calls to these hosts.
   *
   * @param base whom a job asks whose address is only a path
   */
  public HttpHandler(AllowedHosts allowed, URI base) {
    this.allowed = allowed;
    this.base = base;
  }

  @Override
  public String handle(RunContext run) throws InterruptedException {
    ExpectedStatus expected = ExpectedStatus.parse(run.param("expectStatus", "2xx"));
    HttpCall call = HttpCall.of(run, base);
    Answer answer = null;
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      allowed.check(call.uri());
      answer = make(call, run);
      if (expected.contains(answer.status())
          || !REDIRECTS.contains(answer.status())
          || answer.location().isEmpty()) {
        return judge(answer, expected);
      }
      call = call.redirected(answer.status(), answer.location().get());
    }
    throw new NonRetryableException("more than " + MOST_REDIRECTS + " redirects");
  }

  private static String judge(Answer answer, ExpectedStatus expected) {
    String words = "HTTP " + answer.status();
    if (expected.contains(answer.status())) {
      return words;
    }
    String why = words + ", expected " + expected;
    if (answer.status() >= 500 || LATER.contains(answer.status())) {
      throw new RunFailedException(why);
    }
    throw new NonRetryableException(why);
  }

  private Answer make(HttpCall call, RunContext run) throws InterruptedException {
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<InputStream>> response =
        client.sendAsync(call.request(), HttpResponse.BodyHandlers.ofInputStream());
    CompletableFuture<Answer> answer = response.thenApplyAsync(HttpHandler::read);
    run.cancellation().onCancel(() -> giveUp(response, answer));
    try {
      Answer got = answer.get(call.timeout().toMillis(), TimeUnit.MILLISECONDS);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      run.log(
          LogStream.HANDLER,
          call.method() + " " + call.uri() + " → " + got.status() + " in " + millis + " ms");
      run.log(LogStream.STDOUT, got.body());
      if (!got.whole()) {
        run.log(LogStream.SYSTEM, "only the first " + SHOWN_BYTES + " bytes are shown");
      }
      return got;
    } catch (TimeoutException e) {
      giveUp(response, answer);
      throw new RunFailedException(
          call.uri() + " gave no whole answer within " + call.timeout().toMillis() + " ms");
    } catch (CancellationException e) {
      throw new RunFailedException("the call was given up");
    } catch (ExecutionException e) {
      if (run.isCancelled()) {
        throw new RunFailedException("the call was given up");
      }
      throw new RunFailedException("cannot reach " + call.uri() + ": " + words(e.getCause()));
    }
  }

  private static Answer read(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      byte[] first = body.readNBytes(SHOWN_BYTES);
      boolean whole = first.length < SHOWN_BYTES || body.read() < 0;
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("location"),
          new String(first, StandardCharsets.UTF_8),
          whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void giveUp(
      CompletableFuture<HttpResponse<InputStream>> response, CompletableFuture<Answer> answer) {
    answer.cancel(true);
    if (!response.cancel(true) && !response.isCompletedExceptionally()) {
      try {
        response.join().body().close();
      } catch (IOException e) {
        // It is given up anyway.
      }
    }
  }

  private static String words(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause.getMessage() == null || cause.getMessage().isBlank())) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
