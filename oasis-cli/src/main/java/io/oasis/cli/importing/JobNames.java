package io.oasis.cli.importing;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives each job a name that a manifest takes and that no other job of the import has. */
public final class JobNames {
  private static final int LONGEST = 63;

  private final Set<String> taken = new HashSet<>();

  /** A name near to the wish, unique within the app. */
  public String take(String app, String wish, String otherwise) {
    String base = slug(wish, otherwise);
    String name = base;
    for (int i = 2; !taken.add(app + "/" + name); i++) {
      String end = "-" + i;
      name = base.substring(0, Math.min(base.length(), LONGEST - end.length())) + end;
    }
    return name;
  }

  /** The nearest name of small letters, digits and hyphens. */
  public static String slug(String wish, String otherwise) {
    String slug =
        wish.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    String cut = slug.substring(0, Math.min(slug.length(), LONGEST)).replaceAll("-+$", "");
    return cut.isEmpty() ? otherwise : cut;
  }

  /** One line of text that a title takes; empty when nothing is left. */
  public static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.codePointCount(0, line.length()) <= 200
        ? line
        : line.substring(0, line.offsetByCodePoints(0, 199)) + "…";
  }
}
