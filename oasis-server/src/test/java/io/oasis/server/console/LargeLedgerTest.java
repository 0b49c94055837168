package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What PostgreSQL does for a page when the history is long: no timings, but what is read. A page
 * may read as many rows as it shows, and some; not a share of the history.
 */
@QuarkusTest
@TestProfile(LargeLedgerTest.Profile.class)
@QuarkusTestResource(TestDatabase.class)
class LargeLedgerTest {
  /** Of 210,000; a page shows 50 runs, or the last run of each of 50 jobs. */
  private static final long MOST_ROWS = 4_000;

  @Inject Database database;
  @Inject DatabaseClock clock;

  private static Browser signedIn;

  private List<String> filled;
  private PlanCheck check;

  /** The server's own partitions for the month, and its own queries, explained. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(QueryPlans.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("oasis.maintenance.partitions-behind", String.valueOf(LargeLedger.DAYS + 1));
    }
  }

  @BeforeEach
  void fill() {
    LargeLedger.write(database, clock.instant());
    filled = LargeLedger.filledTables(database);
    check = new PlanCheck(filled);
    assertThat(filled).filteredOn(name -> name.startsWith("run_p")).hasSizeGreaterThan(28);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/runs",
        "/runs?app=busy",
        "/runs?app=quiet",
        "/runs?job=busy/job-7",
        "/runs?job=quiet/job-299",
        "/runs?q=title+12",
        "/runs?state=FAILED",
        "/runs?state=LOST",
        "/runs?state=KILLED&app=busy",
        "/runs?state=FAILED&state=TIMED_OUT&job=busy/job-7",
        "/runs?state=RUNNING",
        "/runs?state=QUEUED&state=FAILED",
        "/runs?reason=NODE_LOST",
        "/runs?trigger=MANUAL",
        "/runs?node=node-3",
        "/runs?state=SUCCEEDED",
        "/jobs",
        "/jobs?sort=next",
        "/jobs?sort=changed",
        "/jobs?sort=result",
        "/jobs?q=title+12",
        "/jobs/busy/job-7",
        "/jobs/quiet/job-299",
        "/apps",
        "/apps/busy",
        "/alarms",
        "/audit",
        "/audit?who=user-3"
      })
  @DisplayName("LG7: a page reads the rows that it shows, through indexes, not the history")
  void readsWhatItShows(String path) {
    Browser browser = browser();

    List<QueryPlans.Explained> plans =
        QueryPlans.during(() -> assertThat(browser.get(path).statusCode()).isEqualTo(200));

    assertThat(plans).isNotEmpty();
    assertThat(plans).allSatisfy(check::isModest);
    assertThat(check.rowsRead(plans)).as(path).isLessThan(MOST_ROWS);
  }

  @Test
  @DisplayName("LG7: a run's trace is found by its number, wherever in the history it is")
  void trace() {
    Browser browser = browser();

    assertThat(LargeLedger.someRuns(database))
        .allSatisfy(
            run -> {
              List<QueryPlans.Explained> plans =
                  QueryPlans.during(
                      () -> assertThat(browser.get("/runs/" + run).statusCode()).isEqualTo(200));
              assertThat(plans).allSatisfy(check::isModest);
              assertThat(check.rowsRead(plans)).isLessThan(100);
            });
  }

  @ParameterizedTest
  @CsvSource({"0,1", "3,1", "10,2", "20,5"})
  @DisplayName("a time range reads the partitions of its days only")
  void timeRange(int daysAgo, int days) {
    Browser browser = browser();
    Instant to = clock.instant().minus(Duration.ofDays(daysAgo));
    String range = "from=" + to.minus(Duration.ofDays(days)) + "&to=" + to;

    assertThat(List.of("", "&state=FAILED", "&job=busy/job-7", "&app=busy", "&node=node-3"))
        .allSatisfy(
            filter -> {
              List<QueryPlans.Explained> plans =
                  QueryPlans.during(
                      () ->
                          assertThat(browser.get("/runs?" + range + filter).statusCode())
                              .isEqualTo(200));
              assertThat(plans).allSatisfy(check::isModest);
              assertThat(partitions(plans)).as(range + filter).hasSizeBetween(1, days + 1);
            });
  }

  @Test
  @DisplayName("a search for what is not there stops, says how far it came, and ends at the end")
  void searchStops() {
    Browser browser = browser();
    String address = "/runs?node=no-such-node";
    int pages = 0;

    while (!address.isEmpty()) {
      String page = browser.get(address).asString();
      pages++;
      assertThat(page).containsAnyOf("No run matches back to", "No runs match these filters");
      address = further(page);
    }

    assertThat(pages).isBetween(5, 7);
  }

  /** One session for all: a password takes time. */
  private static synchronized Browser browser() {
    if (signedIn == null) {
      signedIn = Browser.signedIn("en");
    }
    return signedIn;
  }

  /** The address of the search further back; empty when there is none. */
  private static String further(String page) {
    int at = page.indexOf("hx-trigger=\"load");
    if (at < 0) {
      return "";
    }
    int begin = page.lastIndexOf("hx-get=\"", at) + "hx-get=\"".length();
    return page.substring(begin, page.indexOf('"', begin)).replace("&amp;", "&");
  }

  /** Partitions of {@code run} that the plans look into. */
  private Set<String> partitions(List<QueryPlans.Explained> plans) {
    Set<String> names = new TreeSet<>();
    plans.forEach(
        explained ->
            PlanCheck.walk(
                explained.plan(),
                node -> {
                  String name = node.path("Relation Name").asText();
                  if (filled.contains(name)
                      && name.startsWith("run_p")
                      && node.path("Actual Loops").asLong() > 0) {
                    names.add(name);
                  }
                }));
    return names.stream().collect(Collectors.toCollection(TreeSet::new));
  }
}
