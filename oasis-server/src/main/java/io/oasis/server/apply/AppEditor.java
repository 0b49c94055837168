package io.oasis.server.apply;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.Manifest.AppManifest;
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

  /** Saves it, or says why not; a clash is every field that is not the same in all versions. */
  public EditOutcome<List<ThreeWay.Field>> save(Edit edit) {
    return database.call(tx -> save(tx, edit));
  }

  private EditOutcome<List<ThreeWay.Field>> save(Tx tx, Edit edit) {
    management.lock(tx);
    ManagedApp now = apps.current(tx, List.of(edit.name())).get(edit.name());
    if (edit.base().isEmpty()) {
      return now == null ? written(tx, edit) : new EditOutcome.Exists<>();
    }
    if (now == null) {
      return new EditOutcome.Missing<>();
    }
    Base base = edit.base().get();
    if (base.id() == now.id() && base.spec().equals(now.spec())) {
      return written(tx, edit);
    }
    return applier
        .document(edit.request(), AppManifest.class)
        .<EditOutcome<List<ThreeWay.Field>>>map(
            yours ->
                new EditOutcome.Stale<>(
                    ThreeWay.fields(
                        SpecForm.toMap(base.spec()),
                        SpecForm.toMap(now.spec()),
                        SpecForm.toMap(yours.spec()))))
        .orElseGet(() -> written(tx, edit));
  }

  private EditOutcome<List<ThreeWay.Field>> written(Tx tx, Edit edit) {
    return EditOutcome.of(applier.applyLocked(tx, edit.request()));
  }
}
