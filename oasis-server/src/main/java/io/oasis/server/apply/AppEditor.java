package io.oasis.server.apply;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Problem;
import io.oasis.manifest.SpecForm;
import io.oasis.server.app.Apps;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Edits one app by hand. An app has no revisions, so whoever edits says what the app was like: what
 * somebody else has saved since is never overwritten in silence (GO10).
 */
@ApplicationScoped
public class AppEditor {
  private final Database database;
  private final Apps apps;
  private final JobWriter management;
  private final Applier applier;

  public AppEditor(Database database, Apps apps, JobWriter management, Applier applier) {
    this.database = database;
    this.apps = apps;
    this.management = management;
    this.applier = applier;
  }

  /**
   * Asks for an app to be as one document says.
   *
   * @param name of the app
   * @param base what was edited; empty: the app is to be made
   * @param request one document of this app; its options say whether a source's app may be edited
   */
  public record Edit(String name, Optional<Base> base, ApplyRequest request) {}

  /** What was edited: one app, as it was then. */
  public record Base(long id, AppSpec spec) {}

  /** What became of it. */
  public sealed interface Outcome {
    /** It is as the document says; an empty plan says that it was so already. */
    record Saved(Plan plan) implements Outcome {}

    /**
     * Somebody else saved it first.
     *
     * @param fields every field that is not the same in all three versions
     */
    record Stale(List<ThreeWay.Field> fields) implements Outcome {}

    record Invalid(List<Problem> problems) implements Outcome {}

    /** A source owns it, and nothing was said of an override. */
    record Owned(Ownership owner) implements Outcome {}

    record NoSuchApp() implements Outcome {}

    /** It was to be made and is there. */
    record Exists() implements Outcome {}

    /** The caller may not touch it. */
    record OutOfScope(String object) implements Outcome {}
  }

  /** Saves it, or says why not. */
  public Outcome save(Edit edit) {
    return database.call(tx -> save(tx, edit));
  }

  private Outcome save(Tx tx, Edit edit) {
    management.lock(tx);
    ManagedApp now = apps.current(tx, List.of(edit.name())).get(edit.name());
    if (edit.base().isEmpty()) {
      return now == null ? written(tx, edit) : new Outcome.Exists();
    }
    if (now == null) {
      return new Outcome.NoSuchApp();
    }
    Base base = edit.base().get();
    if (base.id() == now.id() && base.spec().equals(now.spec())) {
      return written(tx, edit);
    }
    return applier
        .document(edit.request(), AppManifest.class)
        .<Outcome>map(
            yours ->
                new Outcome.Stale(
                    ThreeWay.fields(
                        SpecForm.toMap(base.spec()),
                        SpecForm.toMap(now.spec()),
                        SpecForm.toMap(yours.spec()))))
        .orElseGet(() -> written(tx, edit));
  }

  private Outcome written(Tx tx, Edit edit) {
    ApplyOutcome outcome = applier.applyLocked(tx, edit.request());
    return switch (outcome) {
      case ApplyOutcome.Applied applied -> new Outcome.Saved(applied.plan());
      case ApplyOutcome.Invalid(var problems) -> new Outcome.Invalid(problems);
      case ApplyOutcome.Conflict(var owners) -> new Outcome.Owned(owners.get(0));
      case ApplyOutcome.OutOfScope(var object) -> new Outcome.OutOfScope(object);
      case ApplyOutcome.Planned planned -> throw unexpected(outcome);
      case ApplyOutcome.Unguarded unguarded -> throw unexpected(outcome);
      case ApplyOutcome.Stale stale -> throw unexpected(outcome);
      case ApplyOutcome.OtherInput other -> throw unexpected(outcome);
    };
  }

  /** An edit deletes nothing and has no saved plan. */
  private static IllegalStateException unexpected(ApplyOutcome outcome) {
    return new IllegalStateException("an edit came to " + outcome);
  }
}
