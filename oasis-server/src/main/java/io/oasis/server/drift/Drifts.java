package io.oasis.server.drift;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.FieldChange;
import io.oasis.manifest.Owner;
import io.oasis.manifest.SpecForm;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.Reach;
import io.oasis.server.secret.MarkKeyStore;
import io.oasis.server.secret.SecretMarks;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The door of the feature: compares what sources applied with what is. */
@ApplicationScoped
public class Drifts {
  private final Database database;
  private final DriftStore store;
  private final MarkKeyStore marks;

  public Drifts(Database database, DriftStore store, MarkKeyStore marks) {
    this.database = database;
    this.store = store;
    this.marks = marks;
  }

  /** What was found. */
  public sealed interface Found {
    record Known(Drift drift) implements Found {}

    /**
     * Nobody ever applied anything under that name.
     *
     * @param sources that there are, at most twenty
     */
    record NoSuchSource(List<String> sources) implements Found {}
  }

  /**
   * What differs.
   *
   * @param source of which source; empty: of all
   * @param reach of which apps
   */
  public Found find(Optional<String> source, Reach reach) {
    return database.call(tx -> find(tx, source, reach));
  }

  private Found find(Tx tx, Optional<String> source, Reach reach) {
    DriftStore.Totals totals = store.totals(tx, source, reach);
    SecretMarks hidden = marks.marks(tx);
    List<Drift.Item> items = new ArrayList<>();
    store.apps(tx, source, reach).forEach(edited -> items.add(item(edited)));
    items.addAll(jobs(tx, source, reach, hidden));
    for (DriftStore.Deleted gone : store.deleted(tx, source, reach)) {
      items.add(
          new Drift.Item(
              "job " + gone.key(),
              gone.source(),
              Drift.Kind.DELETED,
              List.of(),
              Optional.of(gone.made())));
    }
    if (source.isPresent() && totals.total() == 0 && items.isEmpty()) {
      List<String> known = store.sources(tx);
      return known.contains(source.get())
          ? new Found.Known(new Drift(0, Optional.empty(), List.of()))
          : new Found.NoSuchSource(known);
    }
    items.sort(Comparator.comparing(Drift.Item::object));
    return new Found.Known(new Drift(totals.total(), totals.commit(), List.copyOf(items)));
  }

  private List<Drift.Item> jobs(Tx tx, Optional<String> source, Reach reach, SecretMarks hidden) {
    Map<Long, DriftStore.Switched> switched = new LinkedHashMap<>();
    store.switched(tx, source, reach).forEach(job -> switched.put(job.uid(), job));
    List<Drift.Item> items = new ArrayList<>();
    Map<Long, List<DriftStore.Edited>> edited =
        store.edited(tx, source, reach).stream()
            .collect(
                Collectors.groupingBy(
                    DriftStore.Edited::uid, LinkedHashMap::new, Collectors.toList()));
    edited.forEach(
        (uid, revisions) -> {
          List<Drift.Field> fields = fields(revisions, hidden);
          Optional.ofNullable(switched.remove(uid)).ifPresent(job -> fields.add(field(job)));
          DriftStore.Edited last = revisions.get(revisions.size() - 1);
          // An edit that somebody took back by hand is no drift.
          if (!fields.isEmpty()) {
            items.add(
                new Drift.Item(
                    "job " + last.key(),
                    last.source(),
                    Drift.Kind.CHANGED,
                    List.copyOf(fields),
                    newest(fields)));
          }
        });
    for (DriftStore.Switched job : switched.values()) {
      items.add(
          new Drift.Item(
              "job " + job.key(),
              job.source(),
              Drift.Kind.CHANGED,
              List.of(field(job)),
              Optional.of(job.made())));
    }
    return items;
  }

  /** The difference of the ends; each field was made so by the last revision that touched it. */
  static List<Drift.Field> fields(List<DriftStore.Edited> revisions, SecretMarks hidden) {
    DriftStore.Edited applied = revisions.get(0);
    DriftStore.Edited now = revisions.get(revisions.size() - 1);
    if (problem(applied).isPresent() || problem(now).isPresent()) {
      return unreadable(applied, now);
    }
    Map<String, Drift.Made> makers = new HashMap<>();
    for (int i = 1; i < revisions.size(); i++) {
      DriftStore.Edited young = revisions.get(i);
      difference(revisions.get(i - 1), young)
          .forEach(change -> makers.put(change.path(), young.made()));
    }
    List<Drift.Field> fields = new ArrayList<>();
    List<FieldChange> changes = hidden.hide(difference(applied, now));
    for (FieldChange change : changes) {
      fields.add(
          new Drift.Field(
              change.path(),
              change.before(),
              change.after(),
              Optional.ofNullable(makers.get(change.path()))));
    }
    return fields;
  }

  /** Without two specs there is no difference of fields, only that they are not the same. */
  private static List<Drift.Field> unreadable(DriftStore.Edited applied, DriftStore.Edited now) {
    List<Drift.Field> fields = new ArrayList<>();
    if (!difference(applied, now).isEmpty()) {
      fields.add(new Drift.Field("spec", said(applied), said(now), Optional.of(now.made())));
    }
    return fields;
  }

  private static String said(DriftStore.Edited revision) {
    return "revision "
        + revision.revision()
        + problem(revision).map(why -> ", which cannot be read: " + why).orElse("");
  }

  /** Why a spec cannot be read, in one line: a newer server wrote it, or a hand in the database. */
  private static Optional<String> problem(DriftStore.Edited revision) {
    try {
      SpecForm.fromMap(revision.spec());
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(
          String.valueOf(e.getMessage()).lines().findFirst().orElse("").replace("  ", ": "));
    }
  }

  private static List<FieldChange> difference(DriftStore.Edited old, DriftStore.Edited young) {
    List<FieldChange> changes =
        new ArrayList<>(
            SpecForm.diff(Map.of("labels", old.labels()), Map.of("labels", young.labels())));
    changes.addAll(SpecForm.diff(normal(old), normal(young)));
    return changes;
  }

  /** Read and written again, because an older server may have known another normal form. */
  private static Map<String, Object> normal(DriftStore.Edited revision) {
    try {
      return SpecForm.toMap(SpecForm.fromMap(revision.spec()));
    } catch (RuntimeException e) {
      // One that cannot be read is compared as it is stored.
      return revision.spec();
    }
  }

  private static Drift.Field field(DriftStore.Switched job) {
    return new Drift.Field(
        "enabled",
        Boolean.toString(!job.enabled()),
        Boolean.toString(job.enabled()),
        Optional.of(job.made()));
  }

  private static Optional<Drift.Made> newest(List<Drift.Field> fields) {
    return fields.stream()
        .flatMap(field -> field.made().stream())
        .max(Comparator.comparing(Drift.Made::at));
  }

  private static Drift.Item item(DriftStore.EditedApp app) {
    AppSpec now = new AppSpec(app.title(), new Owner(app.ownerName(), app.ownerEmail()));
    return new Drift.Item(
        "app " + app.name(),
        app.source(),
        Drift.Kind.CHANGED,
        SpecForm.diff(app.applied(), SpecForm.toMap(now)).stream()
            .map(c -> new Drift.Field(c.path(), c.before(), c.after(), app.made()))
            .toList(),
        app.made());
  }
}
