package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What differs from what sources applied, a line for each field. */
public final class DriftText {
  private final Terminal terminal;
  private final Times times;

  /** Prints drift. */
  public DriftText(Terminal terminal, Times times) {
    this.terminal = terminal;
    this.times = times;
  }

  /** The objects that differ, and a line that counts them. */
  public void print(Facts drift) {
    List<Facts> items = drift.list("items");
    Table table = new Table(List.of());
    for (Facts item : items) {
      String object = item.text("kind") + " " + item.text("key");
      if (item.text("what").equals("deleted")) {
        table.addText(object, "deleted", said(item));
        continue;
      }
      for (Facts field : item.list("fields")) {
        table.addText(
            object,
            field.text("path") + " " + value(field, "applied") + " → " + value(field, "now"),
            said(field));
      }
    }
    table.print(terminal, "");
    terminal.print(summary(drift, items));
  }

  private static String summary(Facts drift, List<Facts> items) {
    long total = drift.number("total");
    String what =
        drift
            .optional("source")
            .map(source -> "what " + source + " applied")
            .orElse("what its source applied");
    String at =
        drift
            .optional("commit")
            .filter(commit -> drift.optional("source").isPresent())
            .map(commit -> " at " + PlanText.shortCommit(commit))
            .orElse("");
    if (items.isEmpty()) {
      String source = drift.optional("source").orElse(total == 1 ? "its source" : "their sources");
      return "No drift: %d %s as %s applied %s%s."
          .formatted(
              total,
              total == 1 ? "object is" : "objects are",
              source,
              total == 1 ? "it" : "them",
              at);
    }
    List<String> gone =
        items.stream()
            .filter(i -> i.text("what").equals("deleted"))
            .map(i -> i.text("key"))
            .toList();
    long all = total + gone.size();
    return "%d of %d objects %s from %s%s."
        .formatted(items.size(), all, items.size() == 1 ? "differs" : "differ", what, at);
  }

  /** {@code by wang in the console, 2 h ago ("month end")}. */
  private String said(Facts made) {
    List<String> words = new ArrayList<>();
    made.optional("by").ifPresent(by -> words.add("by " + SafeText.line(by) + where(made)));
    made.instant("at").ifPresent(at -> words.add(times.relative(at)));
    Optional<String> reason = made.optional("reason").map(r -> " (\"" + SafeText.line(r) + "\")");
    return String.join(", ", words) + reason.orElse("");
  }

  private static String where(Facts made) {
    return switch (made.text("via")) {
      case "console" -> " in the console";
      case "api" -> " over the API";
      case "apply" -> " with an apply";
      default -> "";
    };
  }

  private static String value(Facts field, String name) {
    boolean empty = field.node().path(name).isTextual() && field.text(name).isEmpty();
    return empty ? "\"\"" : field.optional(name).map(SafeText::line).orElse("–");
  }
}
