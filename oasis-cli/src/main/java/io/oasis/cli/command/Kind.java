package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.client.NearNames;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.IncidentArgument;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.RunArgument;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be listed, described or deleted. */
enum Kind {
  JOB("key"),
  APP("name"),
  NODE("id"),
  RUN("id"),
  TOKEN("id"),
  INCIDENT("id"),
  ACCOUNT("name"),
  AUDIT("id");

  private final String nameField;

  Kind(String nameField) {
    this.nameField = nameField;
  }

  /** The field that {@code -o name} prints. */
  String nameField() {
    return nameField;
  }

  /** {@code jobs}. */
  String plural() {
    return this == AUDIT ? word() : word() + "s";
  }

  /** {@code job}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The states that one can be in, where the API does not check them; else empty. */
  List<String> states() {
    return switch (this) {
      case JOB -> List.of("on", "off", "done");
      case NODE -> List.of("online", "draining", "offline");
      case APP, RUN, TOKEN, INCIDENT, ACCOUNT, AUDIT -> List.of();
    };
  }

  /** Whether there may be so many that not all are listed unless asked for. */
  boolean endless() {
    return this == RUN || this == INCIDENT || this == AUDIT;
  }

  /** Where the API keeps one of them; tokens and the audit are only kept as lists. */
  Optional<String> path(String name) {
    return switch (this) {
      case JOB -> Optional.of(JobArgument.path(JobArgument.parse(name)));
      case APP -> Optional.of("/apps/" + Query.segment(name));
      case NODE -> Optional.of("/nodes/" + Query.segment(name));
      case RUN -> Optional.of("/runs/" + Query.segment(RunArgument.parse(name)));
      case INCIDENT -> Optional.of("/incidents/" + Query.segment(IncidentArgument.parse(name)));
      case ACCOUNT -> Optional.of("/accounts/" + Query.segment(name));
      case AUDIT ->
          throw CliFailure.invalid(
              "audit entries have no names; narrow the list with --by, --action, --object or --since,"
                  + " and see them whole with -o yaml");
      case TOKEN -> Optional.empty();
    };
  }

  /** Reads a kind in singular or plural, in any case. */
  static Kind parse(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(kind -> word.equals(kind.word()) || word.equals(kind.plural()))
        .findFirst()
        .orElseThrow(() -> CliFailure.invalid(unknown(text, word)));
  }

  private static String unknown(String text, String word) {
    List<String> all = Arrays.stream(values()).map(Kind::plural).toList();
    String hint =
        NearNames.nearest(word, all).map(near -> "; did you mean " + near + "?").orElse("");
    return "\"%s\" is no kind of thing%s (%s)"
        .formatted(text, hint, all.stream().collect(Collectors.joining(", ")));
  }
}
