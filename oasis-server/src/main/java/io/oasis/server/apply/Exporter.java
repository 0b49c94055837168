package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Manifest;
import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Manifest.Location;
import io.oasis.manifest.SpecForm;
import io.oasis.server.app.Apps;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.Job;
import io.oasis.server.job.JobFilter;
import io.oasis.server.job.JobPage;
import io.oasis.server.job.JobWriter;
import io.oasis.server.job.Jobs;
import io.oasis.server.job.ManagedJob;
import io.oasis.server.secret.MarkKeyStore;
import io.oasis.server.secret.SecretMarks;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what there is as manifests. They are what was applied last, in normal form: applying them
 * to the same database changes nothing. A job that somebody switched off is not written as
 * disabled, because that is no part of its manifest; {@link Item#job} tells.
 */
@ApplicationScoped
public class Exporter {
  private static final Location NOWHERE = new Location("", 0, 0);

  private final Database database;
  private final Apps apps;
  private final Jobs jobs;
  private final JobWriter managed;
  private final MarkKeyStore marks;

  public Exporter(Database database, Apps apps, Jobs jobs, JobWriter managed, MarkKeyStore marks) {
    this.database = database;
    this.apps = apps;
    this.jobs = jobs;
    this.managed = managed;
    this.marks = marks;
  }

  /**
   * One manifest.
   *
   * @param app that it is, or is of
   * @param key {@code billing} or {@code billing/nightly}
   * @param source the Git source that owns it; empty: nobody's
   * @param job as it is now; empty for an app
   * @param yaml one document
   */
  public record Item(
      String app, String key, Optional<String> source, Optional<Job> job, String yaml) {}

  /** Some manifests, apps before their jobs, and the cursor of the next page. */
  public record Page(List<Item> items, Optional<String> next) {}

  /**
   * A page of manifests: the jobs that the filter chooses, and their apps. Apps without a job that
   * was chosen come only when the filter narrows by nothing but the app.
   *
   * @param limit how many jobs
   * @param cursor of the page before; empty: the first page
   * @return empty when the cursor is none of ours
   */
  public Optional<Page> page(JobFilter filter, int limit, Optional<String> cursor) {
    return jobs.list(filter, limit, cursor)
        .map(
            page -> {
              List<String> appNames = appNames(filter, page, cursor);
              return database.call(tx -> page(tx, appNames, page));
            });
  }

  private List<String> appNames(JobFilter filter, JobPage page, Optional<String> cursor) {
    if (!filter.withoutApp().equals(JobFilter.ALL)) {
      return unseen(page, cursor);
    }
    return cursor.isEmpty() ? names(filter) : List.of();
  }

  private Page page(Tx tx, List<String> appNames, JobPage page) {
    Map<JobKey, ManagedJob> specs =
        managed.current(tx, page.jobs().stream().map(Job::key).toList());
    List<Item> items = new ArrayList<>(apps(tx, appNames));
    for (Job job : page.jobs()) {
      // One that was deleted in between is not there any more.
      Optional.ofNullable(specs.get(job.key()))
          .ifPresent(now -> items.add(item(job, now, marks.marks(tx))));
    }
    return new Page(items, page.next());
  }

  private List<String> names(JobFilter filter) {
    return apps.names(filter.apps());
  }

  /** The apps of a page that no page before has had: jobs come by app. */
  private static List<String> unseen(JobPage page, Optional<String> cursor) {
    String last = cursor.map(c -> c.substring(0, c.indexOf('/'))).orElse("");
    return page.jobs().stream()
        .map(job -> job.key().app())
        .distinct()
        .filter(name -> !name.equals(last))
        .toList();
  }

  private List<Item> apps(Tx tx, List<String> names) {
    Map<String, ManagedApp> found = apps.current(tx, names);
    return names.stream().filter(found::containsKey).map(name -> item(found.get(name))).toList();
  }

  private static Item item(ManagedApp app) {
    return new Item(
        app.name(),
        app.name(),
        app.source(),
        Optional.empty(),
        yaml(new AppManifest(app.name(), app.spec(), NOWHERE)));
  }

  private static Item item(Job job, ManagedJob now, SecretMarks hidden) {
    return new Item(
        job.key().app(),
        job.key().toString(),
        now.source(),
        Optional.of(job),
        now.unreadable()
            .map(bad -> bad.withForm(hidden.hideForm(bad.form())).toYaml(job.key(), now.labels()))
            .orElseGet(() -> yaml(manifest(now, hidden))));
  }

  private static JobManifest manifest(ManagedJob job, SecretMarks hidden) {
    JobSpec spec = job.spec().withParams(hidden.hide(job.spec().params()));
    return new JobManifest(job.key(), job.labels(), spec, NOWHERE);
  }

  private static String yaml(Manifest manifest) {
    return SpecForm.toYaml(manifest);
  }
}
