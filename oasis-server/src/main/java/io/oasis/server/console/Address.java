package io.oasis.server.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A path of this server with its query, to build links from.
 *
 * @param path from the root
 * @param parameters in order; a name may occur more than once
 */
record Address(String path, List<Parameter> parameters) {

  /** One part of the query. */
  record Parameter(String name, String value) {}

  Address(String path) {
    this(path, List.of());
  }

  /** The same with one more parameter; an empty value adds nothing. */
  Address with(String name, String value) {
    if (value.isEmpty()) {
      return this;
    }
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(new Parameter(name, value));
    return new Address(path, more);
  }

  /** The same without this parameter of this value. */
  Address without(String name, String value) {
    List<Parameter> less = new ArrayList<>(parameters);
    less.remove(new Parameter(name, value));
    return new Address(path, less);
  }

  @Override
  public String toString() {
    return parameters.isEmpty()
        ? path
        : path
            + parameters.stream()
                .map(p -> encode(p.name()) + "=" + encode(p.value()))
                .collect(Collectors.joining("&", "?", ""));
  }

  /**
   * A place to go back to, as a form sent it: only a path of this server, never another site.
   *
   * @param wanted may be null
   */
  static String local(String wanted) {
    boolean ok =
        wanted != null
            && wanted.startsWith("/")
            && !wanted.startsWith("//")
            && wanted.indexOf('\\') < 0
            && wanted.chars().noneMatch(c -> c < 0x20 || c == 0x7f);
    return ok ? wanted : "/";
  }

  /** One segment of a path or one value of a query. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
