package io.oasis.server.channel;

import io.oasis.executor.v1.Hello;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a Hello can be used: sizes and characters, nothing that needs the database. */
final class HelloCheck {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]*");
  private static final int MAX_TEXT = 200;
  private static final int MAX_ENTRIES = 1_000;
  private static final int MAX_SLOTS = 10_000;

  private HelloCheck() {}

  /** What is wrong with it, one line; empty when nothing is. */
  static Optional<String> problem(Hello hello) {
    if (!SLUG.matcher(hello.getApp()).matches()) {
      return Optional.of(
          "app: must be 1–63 characters of [a-z0-9-], got " + quoted(hello.getApp()));
    }
    if (!NODE_ID.matcher(hello.getNodeId()).matches()) {
      return Optional.of(
          "node_id: must be 1–100 characters of [A-Za-z0-9._-], got " + quoted(hello.getNodeId()));
    }
    if (hello.getSlots() < 1 || hello.getSlots() > MAX_SLOTS) {
      return Optional.of("slots: must be 1–10,000, got " + hello.getSlots());
    }
    if (hello.getInFlightCount() > MAX_SLOTS) {
      return Optional.of("in_flight: at most 10,000, got " + hello.getInFlightCount());
    }
    return text("address", hello.getAddress())
        .or(() -> text("sdk_version", hello.getSdkVersion()))
        .or(() -> text("app_version", hello.getAppVersion()))
        .or(() -> handlers(hello))
        .or(() -> labels(hello));
  }

  private static Optional<String> handlers(Hello hello) {
    if (hello.getHandlersCount() > MAX_ENTRIES) {
      return Optional.of("handlers: at most 1,000, got " + hello.getHandlersCount());
    }
    return hello.getHandlersList().stream()
        .map(
            name ->
                name.isEmpty() ? Optional.of("handlers: a name is empty") : text("handlers", name))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> labels(Hello hello) {
    if (hello.getLabelsCount() > MAX_ENTRIES) {
      return Optional.of("labels: at most 1,000, got " + hello.getLabelsCount());
    }
    return hello.getLabelsMap().entrySet().stream()
        .map(HelloCheck::label)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> label(Map.Entry<String, String> label) {
    if (label.getKey().isEmpty()) {
      return Optional.of("labels: a name is empty");
    }
    return text("labels", label.getKey()).or(() -> text("labels", label.getValue()));
  }

  private static Optional<String> text(String field, String text) {
    if (text.length() > MAX_TEXT) {
      return Optional.of(field + ": at most 200 characters, got " + text.length());
    }
    if (!LINE.matcher(text).matches()) {
      return Optional.of(field + ": no control characters");
    }
    return Optional.empty();
  }

  /** Short and on one line, because it comes from a stranger. */
  private static String quoted(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
