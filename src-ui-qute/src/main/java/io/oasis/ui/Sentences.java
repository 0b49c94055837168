package io.oasis.ui;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * What the pages say of values: amounts, outcomes of actions, errors. The texts are in {@code
 * messages/say_*.properties}.
 */
@MessageBundle("say")
public interface Sentences {
  // The frame
  @Message
  String wrongCredentials();

  @Message
  String throttled(String wait);

  @Message
  String roleViewer();

  @Message
  String roleOperator();

  @Message
  String roleEditor();

  @Message
  String roleAdmin();

  // Times and amounts
  @Message
  String durationMillis(String n);

  @Message
  String durationSeconds(String n);

  @Message
  String durationWholeMinutes(String m);

  @Message
  String durationWholeHours(String h);

  @Message
  String durationWholeDays(String d);

  @Message
  String durationMinutes(String m, String s);

  @Message
  String durationHours(String h, String m);

  @Message
  String durationDays(String d, String h);

  // Dashboard

  // Health
  @Message
  String healthy();

  @Message
  String unhealthy();

  @Message
  String healthServers(String alive, String all);

  @Message
  String healthClock(String offset);

  // Filters
  @Message
  String chosenCount(String n);

  // Runs
  @Message
  String attemptNumber(int n);

  @Message
  String memberNumber(int n);

  @Message
  String noMatchSince(String time);

  @Message
  String searchedSince(String time);

  @Message
  String stretchWords(String count, String from, String to);

  @Message
  String chosenBecause(String node, String strategy, String free, String all);

  // Log
  @Message
  String logComplete();

  @Message
  String logNone();

  @Message
  String logMissing(String n);

  @Message
  String logDraining();

  @Message
  String logWaiting();

  @Message
  String logCut(String n);

  // Jobs
  @Message
  String retryWords(String max, String backoff);

  @Message
  String sourceWords(String source);

  @Message
  String jobCount(String n);

  // Settings
  @Message
  String timeZoneData();

  // What became of an action
  @Message
  String saidStarted(String run);

  @Message
  String saidQueueFull(String job);

  @Message
  String saidKillAsked(String run);

  @Message
  String saidAlreadyOver(String run);

  @Message
  String saidReleased(String run);

  @Message
  String saidNotHeld(String run);

  @Message
  String saidForced(String run);

  @Message
  String saidNotStopping(String run);

  @Message
  String saidJobGone(String run);

  @Message
  String saidSpecUnreadable(String job);

  @Message
  String saidEnabled(String job);

  @Message
  String saidDisabled(String job);

  @Message
  String saidManyEnabled(String n);

  @Message
  String saidManyDisabled(String n);

  @Message
  String saidNothingChosen();

  @Message
  String saidDeleted(String job);

  @Message
  String saidOwned(String owner);

  @Message
  String saidRevisionImpossible(String why);

  @Message
  String saidSaved(String subject);

  @Message
  String saidPasswordSet(String subject);

  @Message
  String saidSignedOut(String subject);

  @Message
  String saidEnded(String subject);

  @Message
  String saidRevoked(String subject);

  @Message
  String saidAcknowledged(String incident);

  @Message
  String saidAlreadyResolved(String incident);

  @Message
  String saidNothingFound(String text);

  // Errors
  @Message
  String errorNotFound();

  @Message
  String errorNotFoundHint();

  @Message
  String errorForbidden();

  @Message
  String errorForbiddenHint();

  @Message
  String errorExpired();

  @Message
  String errorExpiredHint();

  @Message
  String errorTooLarge();

  @Message
  String errorTooLargeHint();

  @Message
  String errorUnavailable();

  @Message
  String errorUnavailableHint();

  @Message
  String errorInternal();

  @Message
  String errorInternalHint();

  @Message
  String errorBadRequest();

  @Message
  String errorBadRequestHint();
}
