package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What PostgreSQL does for a list of very many jobs: no timings, but what is read. A list reads
 * what it shows, or what it compares before it stops; not all jobs.
 */
@QuarkusTest
@TestProfile(LargeJobsTest.Profile.class)
@QuarkusTestResource(TestDatabase.class)
class LargeJobsTest {
  private static final int JOBS = 60_000;

  /** A page shows 50 jobs with what belongs to each; two thousand may have been candidates. */
  private static final long MOST_ROWS = 4_000;

  /** Ten thousand jobs are compared, and looked at again to say where the search stopped. */
  private static final long MOST_COMPARED = 45_000;

  private static final String APPS =
      """
      INSERT INTO app (name, title, registration)
      VALUES ('vast', 'Vast', 'MANUAL'), ('small', 'Small', 'MANUAL')
      """;

  private static final String FILL =
      """
      INSERT INTO job (app_id, name, title, labels, handler, schedule_kind, schedule_text, spec,
             enabled, updated_at, updated_by)
      SELECT a.id, 'job-' || lpad(n::text, 6, '0'), 'Title ' || n,
             CASE WHEN n % 5000 = 7 THEN '{"team": "rare"}' ELSE '{"team": "usual"}' END::jsonb,
             CASE WHEN n % 6000 = 9 THEN 'seldom' ELSE 'work' END, 'cron', '@yearly',
             '{"schedule": {"cron": "@yearly"}, "handler": "work"}', n % 1000 <> 3,
             now() - n * interval '1 second', 'test'
        FROM generate_series(1, ?) AS n
        JOIN app a ON a.name = CASE WHEN n % 600 = 5 THEN 'small' ELSE 'vast' END
      """;

  private static final String FIRES =
      """
      INSERT INTO job_fire (job_uid, revision, next_fire_at)
      SELECT uid, revision, timestamptz '2099-01-01 00:00:00Z' FROM job WHERE enabled
      """;

  private static final String REVISIONS =
      """
      INSERT INTO job_revision (job_uid, revision, spec, labels, author)
      SELECT uid, revision, spec, labels, 'test' FROM job
      """;

  private static final String TROUBLES =
      """
      INSERT INTO job_trouble (job_uid, run_id, state)
      SELECT uid, uid, 'FAILED' FROM job WHERE uid % 20 = 1
      """;

  private static final PlanCheck CHECK =
      new PlanCheck(List.of("job", "job_fire", "job_revision", "job_term", "job_trouble"));

  private static Browser signedIn;

  @Inject Database database;

  /** The server's own queries, explained. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(QueryPlans.class);
    }
  }

  @BeforeEach
  void fill() {
    boolean there =
        database.call(
            tx -> tx.one("SELECT EXISTS (SELECT FROM job) AS yes", row -> row.flag("yes")));
    if (!there) {
      database.run(
          tx -> {
            tx.update(APPS);
            tx.update(FILL, JOBS);
            tx.update(FIRES);
            tx.update(REVISIONS);
            tx.update(TROUBLES);
          });
      // What autovacuum does on its own time.
      database.run(tx -> tx.update("ANALYZE"));
    }
    if (signedIn == null) {
      signedIn = Browser.signedIn("en");
      // All jobs are counted for the first answer, and from then on behind the back of pages.
      signedIn.get("/jobs");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/jobs",
        "/jobs?sort=next",
        "/jobs?sort=changed",
        "/jobs?sort=result",
        "/jobs?app=vast",
        "/jobs?state=on&sort=changed",
        "/jobs?cursor=vast/job-050000",
        "/jobs/vast/job-040001",
        "/apps",
        "/runs",
        "/audit"
      })
  @DisplayName("a page reads the jobs that it shows, through indexes, however many there are")
  void readsWhatItShows(String path) {
    List<QueryPlans.Explained> plans = plansOf(path);

    assertThat(plans).isNotEmpty();
    assertReadsLessThan(MOST_ROWS, path, plans);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobs?app=small",
        "/jobs?app=small&sort=next",
        "/jobs?state=off&sort=result",
        "/jobs?handler=seldom&sort=changed",
        "/jobs?label=team%3Drare",
        "/jobs?q=title",
        "/jobs?kind=cron",
        "/jobs?q=seldom&sort=next"
      })
  @DisplayName("what a filter leaves is found by an index, or by comparing some thousand jobs")
  void fewAreFound(String path) {
    List<QueryPlans.Explained> plans = plansOf(path);

    assertThat(plans).isNotEmpty();
    assertReadsLessThan(MOST_COMPARED, path, plans);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?q=qq", "?owner=nobody", "?kind=at&sort=changed", "?kind=none&sort=result"})
  @DisplayName("a search for what is not there stops, goes on, and ends at the end")
  void searchStops(String filters) {
    String address = "/jobs" + filters;
    int pages = 0;

    while (!address.isEmpty()) {
      String path = address;
      List<QueryPlans.Explained> plans = plansOf(path);
      pages++;
      assertReadsLessThan(MOST_COMPARED, path, plans);
      String page = signedIn.get(path).asString();
      assertThat(page).containsAnyOf("No job matches so far", "No jobs match these filters");
      address = further(page);
    }

    assertThat(pages).isBetween(6, 9);
  }

  @Test
  @DisplayName("pages that follow each other show every job once, in every order")
  void everyJobOnce() {
    for (String sort : List.of("name", "next", "changed", "result")) {
      String address = "/jobs?app=small&sort=" + sort;
      int shown = 0;
      while (!address.isEmpty()) {
        String page = signedIn.get(address).asString();
        shown += page.split("name=\"job\" value=\"small/", -1).length - 1;
        address = next(page);
      }
      assertThat(shown).as(sort).isEqualTo(JOBS / 600);
    }
  }

  private static void assertReadsLessThan(
      long most, String path, List<QueryPlans.Explained> plans) {
    assertThat(plans).allSatisfy(CHECK::sortsInMemory);
    assertThat(CHECK.rowsRead(plans)).as(path).isLessThan(most);
  }

  private static List<QueryPlans.Explained> plansOf(String path) {
    return QueryPlans.during(
        () -> assertThat(signedIn.get(path).statusCode()).as(path).isEqualTo(200));
  }

  /** The address that an empty page goes on with by itself; empty when there is none. */
  private static String further(String page) {
    int at = page.indexOf("hx-trigger=\"load");
    return at < 0 ? "" : address(page, page.lastIndexOf("hx-get=\"", at) + "hx-get=\"".length());
  }

  /** The address of the next page; empty when there is none. */
  private static String next(String page) {
    int foot = page.indexOf("<div class=\"foot\">");
    int at = page.indexOf("href=\"/jobs?", foot);
    return foot < 0 || at < 0 ? "" : address(page, at + "href=\"".length());
  }

  private static String address(String page, int begin) {
    return page.substring(begin, page.indexOf('"', begin)).replace("&amp;", "&");
  }
}
