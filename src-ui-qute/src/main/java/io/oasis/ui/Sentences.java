package io.oasis.ui;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * What the pages say of values: amounts, outcomes of actions, errors. The texts are in {@code
 * messages/say_*.properties}.
 */
@MessageBundle("say")
public interface Sentences {
  // The frame
  String wrongCredentials();

  String throttled(String wait);

  String roleViewer();

  String roleOperator();

  String roleEditor();

  String roleAdmin();

  // Times and amounts
  String durationMillis(String n);

  String durationSeconds(String n);

  String durationMinutes(String m, String s);

  String durationHours(String h, String m);

  String durationDays(String d, String h);

  // Dashboard
  String firesAt(String time, String n);

  // Health
  String healthy();

  String unhealthy();

  String healthServers(String alive, String all);

  String healthClock(String offset);

  // Filters
  String chosenCount(String n);

  // Runs
  String attemptNumber(int n);

  String memberNumber(int n);

  String stretchWords(String count, String from, String to);

  // Log
  String logComplete(String n);

  String logMissing(String n);

  String logDraining();

  String logWaiting();

  String logCut(String n);

  // Jobs
  String retryWords(String max, String backoff);

  String sourceWords(String source);

  String jobCount(String n);

  // Settings
  String timeZoneData();

  // What became of an action
  String saidStarted(String run);

  String saidQueueFull(String job);

  String saidKillAsked(String run);

  String saidAlreadyOver(String run);

  String saidJobGone(String run);

  String saidEnabled(String job);

  String saidDisabled(String job);

  String saidBadParams(String line);

  String saidNothingFound(String text);

  // Errors
  String errorNotFound();

  String errorNotFoundHint();

  String errorForbidden();

  String errorForbiddenHint();

  String errorExpired();

  String errorExpiredHint();

  String errorUnavailable();

  String errorUnavailableHint();

  String errorInternal();

  String errorInternalHint();

  String errorBadRequest();

  String errorBadRequestHint();
}
