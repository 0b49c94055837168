package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The roles of an account. */
public final class RoleOptions {
  private static final String NONE = "none";
  private static final List<String> WORDS = List.of("viewer", "operator", "editor", "admin", NONE);

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      order = 1,
      description = "In all apps: viewer, operator, editor, admin or none.")
  String role;

  @Option(
      names = "--app-role",
      paramLabel = "APP=ROLE",
      split = ",",
      order = 2,
      description = "In one app, or none to take it away; repeatable.")
  Map<String, String> byApp = Map.of();

  /** Whether anything was given. */
  public boolean given() {
    return role != null || !byApp.isEmpty();
  }

  /** The role in all apps, or {@code none}; empty when it was not given. */
  public Optional<String> everywhere() {
    return Optional.ofNullable(role).map(word -> checked("--role", word));
  }

  /**
   * The roles by app after what was given.
   *
   * @param before as they are
   */
  public Map<String, String> byApp(Map<String, String> before) {
    Map<String, String> after = new TreeMap<>(before);
    byApp.forEach(
        (app, word) -> {
          String wanted = checked("--app-role " + app, word);
          if (wanted.equals(NONE)) {
            after.remove(app);
          } else {
            after.put(app, wanted);
          }
        });
    return after;
  }

  /** Ends the command when a word is no role, before anything else is done. */
  public void check() {
    everywhere();
    byApp(Map.of());
  }

  private static String checked(String flag, String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (!WORDS.contains(lower)) {
      throw CliFailure.invalid(
          "%s: \"%s\" is no role (%s)".formatted(flag, word, String.join(", ", WORDS)));
    }
    return lower;
  }
}
