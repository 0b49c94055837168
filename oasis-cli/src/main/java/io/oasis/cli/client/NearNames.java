package io.oasis.cli.client;

import io.oasis.cli.CliFailure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what the user may have meant by a name that does not exist. */
public final class NearNames {
  private static final Pattern NAMED =
      Pattern.compile("/(jobs|apps|nodes|accounts)/([^/?]+)(?:/([^/?]+))?.*");
  private static final int MOST = 500;

  private final Function<String, Facts> get;

  /** Asks with the given function, which takes a path and answers a list. */
  NearNames(Function<String, Facts> get) {
    this.get = get;
  }

  /** The nearest existing name to the one in the path of a request that found nothing. */
  Optional<String> to(String path) {
    Matcher named = NAMED.matcher(path);
    if (!named.matches()) {
      return Optional.empty();
    }
    String first = decoded(named.group(2));
    try {
      return switch (named.group(1)) {
        case "jobs" ->
            named.group(3) == null ? Optional.empty() : job(first, decoded(named.group(3)));
        case "apps", "accounts" -> nearest(first, texts("/" + named.group(1), "name"));
        default -> nearest(first, texts("/nodes", "id"));
      };
    } catch (CliFailure e) {
      // A suggestion is a courtesy: that it cannot be made is not worth a word.
      return Optional.empty();
    }
  }

  private Optional<String> job(String app, String name) {
    List<String> ofApp = texts(Query.on("/jobs").add("app", app).toString(), "name");
    Optional<String> near = nearest(name, ofApp).map(found -> app + "/" + found);
    return near.or(() -> nearest(app + "/" + name, texts("/jobs", "key")));
  }

  private List<String> texts(String path, String field) {
    String page = Query.on(path).add("limit", Integer.toString(MOST)).toString();
    return get.apply(page).list("items").stream().map(item -> item.text(field)).toList();
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The nearest of the names, if one is near enough to have been meant. */
  public static Optional<String> nearest(String written, Collection<String> names) {
    if (names.contains(written)) {
      return Optional.empty();
    }
    String word = written.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, Math.min(3, word.length() / 3));
    String best = null;
    for (String name : names) {
      int distance = distance(word, name.toLowerCase(Locale.ROOT));
      if (distance <= limit) {
        limit = distance - 1;
        best = name;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Letters to add, drop, replace or swap with their neighbour: optimal string alignment. */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
