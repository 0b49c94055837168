package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import io.oasis.manifest.FieldChange;
import io.oasis.manifest.SpecForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Revisions of jobs and what differs between them. */
public final class RevisionText {
  private static final int NAMED = 3;

  private RevisionText() {}

  /** What differs, field by field, in the order of a manifest. */
  public static List<FieldChange> diff(Facts before, Facts after) {
    return SpecForm.diff(whole(before), whole(after));
  }

  private static Map<String, Object> whole(Facts revision) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("labels", revision.tree("labels"));
    whole.putAll(revision.tree("spec"));
    return whole;
  }

  /** Fields with what they were and what they are. */
  public static Table changes(List<FieldChange> changes) {
    Table table = new Table(List.of());
    for (FieldChange change : changes) {
      table.addText(change.path(), value(change.before()), "→", value(change.after()));
    }
    return table;
  }

  /** {@code schedule.cron 0 2 * * * → 0 3 * * *}; names only when there are several. */
  public static String brief(List<FieldChange> changes) {
    if (changes.size() == 1) {
      FieldChange only = changes.get(0);
      return "%s %s → %s".formatted(only.path(), value(only.before()), value(only.after()));
    }
    String names =
        changes.stream().limit(NAMED).map(FieldChange::path).collect(Collectors.joining(", "));
    return changes.size() > NAMED
        ? names + " and %d more".formatted(changes.size() - NAMED)
        : names;
  }

  /** An absent value shows as a dash, an empty one as two quotes. */
  private static String value(String text) {
    if (text == null) {
      return "–";
    }
    return text.isEmpty() ? "\"\"" : SafeText.line(text);
  }

  /** {@code infra@3f2a91c}. */
  public static String origin(Facts revision) {
    String commit = revision.text("commit");
    String shown = commit.length() > 8 ? commit.substring(0, 7) : commit;
    return revision.text("source") + (shown.isEmpty() ? "" : "@" + shown);
  }
}
