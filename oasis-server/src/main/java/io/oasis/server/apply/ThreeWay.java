package io.oasis.server.apply;

import io.oasis.manifest.FieldChange;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.SpecForm;
import io.oasis.server.job.JobRevision;
import io.oasis.server.secret.SecretMarks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a stale save is about: the revision that was edited, what somebody else made of it, and what
 * was to be saved. Values of secrets are hidden.
 *
 * @param base what was edited; empty: it was another job, which is gone
 * @param theirs as it is now
 * @param yours what was to be saved
 * @param fields every field that is not the same in all three, by path
 */
public record ThreeWay(Optional<Version> base, Version theirs, Form yours, List<Field> fields) {

  /** A revision. */
  public record Version(int revision, String author, Instant at, Form form) {}

  /** What can be edited. */
  public record Form(Map<String, String> labels, Map<String, Object> spec) {}

  /**
   * One field.
   *
   * @param base null: not there
   * @param theirs null: not there
   * @param yours null: not there
   */
  public record Field(String path, String base, String theirs, String yours) {
    /** True when both changed it, to different values. */
    public boolean isConflict() {
      return !same(base, theirs) && !same(base, yours) && !same(theirs, yours);
    }

    private static boolean same(String a, String b) {
      return a == null ? b == null : a.equals(b);
    }
  }

  static ThreeWay of(
      Optional<JobRevision> base, JobRevision theirs, JobManifest yours, SecretMarks hidden) {
    Form wanted = new Form(yours.labels(), hidden.hideForm(SpecForm.toMap(yours.spec())));
    Version now = version(theirs, hidden);
    Optional<Version> old = base.map(revision -> version(revision, hidden));
    return new ThreeWay(
        old, now, wanted, fields(old.map(v -> flat(v.form())), flat(now.form()), flat(wanted)));
  }

  /** The same for two forms that have no revisions, by path. */
  static List<Field> fields(
      Map<String, Object> base, Map<String, Object> theirs, Map<String, Object> yours) {
    return fields(Optional.of(flat(base)), flat(theirs), flat(yours));
  }

  private static List<Field> fields(
      Optional<Map<String, String>> base, Map<String, String> there, Map<String, String> here) {
    Map<String, String> before = base.orElse(Map.of());
    Set<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(there.keySet());
    paths.addAll(here.keySet());
    List<Field> fields = new ArrayList<>();
    for (String path : paths) {
      Field field = new Field(path, before.get(path), there.get(path), here.get(path));
      if (!Field.same(field.theirs(), field.yours()) || !Field.same(field.base(), field.yours())) {
        fields.add(field);
      }
    }
    return List.copyOf(fields);
  }

  private static Version version(JobRevision revision, SecretMarks hidden) {
    return new Version(
        revision.revision(),
        revision.author(),
        revision.createdAt(),
        new Form(revision.labels(), hidden.hideForm(revision.spec())));
  }

  private static Map<String, String> flat(Form form) {
    return flat(Map.of("labels", form.labels(), "spec", form.spec()));
  }

  private static Map<String, String> flat(Map<String, Object> form) {
    Map<String, String> flat = new HashMap<>();
    for (FieldChange field : SpecForm.diff(Map.of(), form)) {
      flat.put(
          field.path().startsWith("spec.") ? field.path().substring(5) : field.path(),
          field.after());
    }
    return flat;
  }
}
