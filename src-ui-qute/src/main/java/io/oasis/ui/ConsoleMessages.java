package io.oasis.ui;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words that templates show. The texts are in {@code messages/msg_*.properties}, one file for
 * each language; a key that misses in English fails the build, one that misses in another language
 * fails a test.
 */
@MessageBundle
public interface ConsoleMessages {
  // The frame
  @Message
  String product();

  @Message
  String dashboard();

  @Message
  String jobs();

  @Message
  String job();

  @Message
  String jobTitle();

  @Message
  String runs();

  @Message
  String run();

  @Message
  String logCenter();

  @Message
  String apps();

  @Message
  String app();

  @Message
  String settings();

  @Message
  String navMain();

  @Message
  String navPlatform();

  @Message
  String skipToContent();

  @Message
  String breadcrumbs();

  @Message
  String tabs();

  @Message
  String search();

  @Message
  String searchPlaceholder();

  @Message
  String language();

  @Message
  String theme();

  @Message
  String themeLight();

  @Message
  String themeDark();

  @Message
  String themeSystem();

  @Message
  String account();

  @Message
  String signIn();

  @Message
  String signOut();

  @Message
  String signInHint();

  @Message
  String userName();

  @Message
  String password();

  @Message
  String toDashboard();

  // Times and amounts
  @Message
  String relativePast();

  @Message
  String relativeFuture();

  @Message
  String timesIn(String zone);

  @Message
  String timeZone();

  @Message
  String from();

  @Message
  String to();

  @Message
  String hour();

  @Message
  String hourSoFar();

  @Message
  String when();

  // Dashboard
  @Message
  String jobsTotal(long n);

  @Message
  String countEnabled(String n);

  @Message
  String countDisabled(String n);

  @Message
  String runs24h();

  @Message
  String failed24h();

  @Message
  String countSucceeded(String n);

  @Message
  String nodesOnline();

  @Message
  String appsOnline(String online, String all);

  @Message
  String trendTitle();

  @Message
  String jobsByState();

  @Message
  String succeeded();

  @Message
  String failed();

  @Message
  String running();

  @Message
  String queued();

  @Message
  String other();

  @Message
  String enabled();

  @Message
  String disabled();

  @Message
  String completed();

  @Message
  String showTable();

  @Message
  String showChart();

  @Message
  String showAll();

  @Message
  String recentFailures();

  @Message
  String noFailures();

  @Message
  String noFailuresHint();

  @Message
  String newestRuns();

  @Message
  String live();

  @Message
  String reconnecting();

  @Message
  String connectionLost();

  @Message
  String signedOut();

  @Message
  String signedOutLink();

  @Message
  String nextHour();

  @Message
  String nextHourCount(String n);

  @Message
  String nextHourNone();

  @Message
  String whatRunsNext();

  @Message
  String minute();

  @Message
  String firstStepsTitle();

  @Message
  String firstStepsText();

  @Message
  String firstStepsHere();

  // Filters
  @Message
  String all();

  @Message
  String filter();

  @Message
  String moreFilters();

  @Message
  String activeFilters();

  @Message
  String removeFilter();

  @Message
  String clearFilters();

  @Message
  String newest();

  @Message
  String older();

  @Message
  String more();

  // Apps and nodes
  @Message
  String nodes();

  @Message
  String node();

  @Message
  String version();

  // Alarms
  @Message
  String alarms();

  @Message
  String alarm();

  @Message
  String failures();

  @Message
  String since();

  @Message
  String lastFailure();

  @Message
  String acknowledge();

  @Message
  String acknowledgeHint();

  @Message
  String acknowledged();

  @Message
  String resolved();

  @Message
  String told();

  @Message
  String toldNobody();

  @Message
  String toldNobodyHint();

  @Message
  String what();

  @Message
  String address();

  @Message
  String tries();

  @Message
  String noAlarms();

  @Message
  String noAlarmsHint();

  @Message
  String noAlarmsMatch();

  @Message
  String openAlarms(String n);

  // Settings
  @Message
  String platform();

  @Message
  String servers();

  @Message
  String server();

  @Message
  String started();

  @Message
  String clockOffset();

  @Message
  String alive();

  @Message
  String leaseEnded();
}
