package io.oasis.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A path with query parameters, encoded. */
public final class Query {
  private final StringBuilder text;

  private Query(String path) {
    this.text = new StringBuilder(path);
  }

  /** Starts with a path, which may have parameters already. */
  public static Query on(String path) {
    return new Query(path);
  }

  /** Adds a parameter. */
  public Query add(String name, String value) {
    text.append(text.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(encode(value));
    return this;
  }

  /** Adds a parameter if there is one. */
  public Query add(String name, Optional<String> value) {
    value.ifPresent(v -> add(name, v));
    return this;
  }

  /** A path segment that any text fits in. */
  public static String segment(String text) {
    return encode(text).replace("+", "%20");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The path and its parameters. */
  @Override
  public String toString() {
    return text.toString();
  }
}
