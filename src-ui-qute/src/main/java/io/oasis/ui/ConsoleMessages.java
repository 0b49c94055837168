package io.oasis.ui;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words that templates show. The texts are in {@code messages/msg_*.properties}, one file for
 * each language; a key that misses in English fails the build, one that misses in another language
 * fails a test.
 */
@MessageBundle
public interface ConsoleMessages {
  // The frame
  String product();

  String dashboard();

  String jobs();

  String job();

  String jobTitle();

  String runs();

  String run();

  String logCenter();

  String apps();

  String app();

  String settings();

  String navMain();

  String navPlatform();

  String skipToContent();

  String breadcrumbs();

  String tabs();

  String search();

  String searchPlaceholder();

  String language();

  String theme();

  String themeLight();

  String themeDark();

  String themeSystem();

  String account();

  String signIn();

  String signOut();

  String signInHint();

  String userName();

  String password();

  String toDashboard();

  // Times and amounts
  String relativePast();

  String relativeFuture();

  String timesIn(String zone);

  String timeZone();

  String from();

  String to();

  String hour();

  String when();

  // Dashboard
  String jobsTotal();

  String countEnabled(String n);

  String countDisabled(String n);

  String runs24h();

  String failed24h();

  String countSucceeded(String n);

  String nodesOnline();

  String appsOnline(String online, String all);

  String trendTitle();

  String jobsByState();

  String succeeded();

  String failed();

  String running();

  String queued();

  String other();

  String enabled();

  String disabled();

  String completed();

  String showTable();

  String showChart();

  String showAll();

  String recentFailures();

  String noFailures();

  String noFailuresHint();

  String newestRuns();

  String live();

  String reconnecting();

  String nextHour();

  String nextHourCount(String n);

  String nextHourNone();

  String firstStepsTitle();

  String firstStepsText();

  // Filters
  String all();

  String filter();

  String activeFilters();

  String removeFilter();

  String clearFilters();

  String newest();

  String older();

  String more();

  // Runs
  String result();

  String status();

  String why();

  String whyIs(String why);

  String nominalTime();

  String actualTime();

  String duration();

  String lateness();

  String attempt();

  String attemptOf(String n);

  String triggerType();

  String rerunOf(long id);

  String noRunsYet();

  String noRunsYetHint();

  String noRunsMatch();

  String trace();

  String facts();

  String stretch();

  String handlerResult();

  String runAgain();

  String runAgainSameRevision(int revision);

  String kill();

  String moreActions();

  // Log
  String log();

  String line();

  String follow();

  String download();

  String findInLog();

  String logStartsLater();

  String logFromStart();

  String noLog();

  String noLogHint();

  // Jobs
  String schedule();

  String handler();

  String params();

  String noParams();

  String owner();

  String labels();

  String nextFire();

  String noNextFire();

  String lastResult();

  String routingLabel();

  String blockingLabel();

  String timeout();

  String retry();

  String revision();

  String revisions();

  String manifest();

  String changes();

  String author();

  String source();

  String managedFromGit();

  String enable();

  String disable();

  String disabledBecause(String reason);

  String runOnce();

  String runOnceHint();

  String runOnceNoParams();

  String moreParams();

  String durations(String median, String p95);

  String allRunsOfJob();

  String jobNeverRan();

  String jobNeverRanHint();

  String jobSearchPlaceholder();

  String noJobsYet();

  String noJobsMatch();

  // Apps and nodes
  String nodes();

  String node();

  String registration();

  String automatic();

  String manual();

  String heartbeat();

  String connected();

  String slots();

  String slotsOf(int busy, int all);

  String handlers();

  String version();

  String countOnline(int n);

  String countDraining(String n);

  String countOffline(int n);

  String countJobs(int n);

  String noNodes();

  String noNodesHint();

  String noAppsYet();

  String noAppsYetHint();

  // Settings
  String platform();

  String servers();

  String server();

  String started();

  String clockOffset();

  String alive();

  String leaseEnded();
}
