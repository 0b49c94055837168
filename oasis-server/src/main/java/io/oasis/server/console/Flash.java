package io.oasis.server.console;

import io.oasis.ui.AppMessages;
import io.oasis.ui.Sentences;
import io.oasis.ui.page.Frame;
import java.util.Optional;

/**
 * What became of an action, said once on the page that follows it. It travels in a cookie; only
 * words of the console can be said that way, and the subject is escaped like any text.
 *
 * @param outcome what became of it
 * @param subject run, job or text that it is about
 */
record Flash(Outcome outcome, String subject) {
  private static final int MAX_SUBJECT = 200;

  /** What can be said. */
  enum Outcome {
    STARTED,
    QUEUE_FULL,
    KILL_ASKED,
    RELEASED,
    NOT_HELD,
    FORCED,
    NOT_STOPPING,
    ALREADY_OVER,
    JOB_GONE,
    SPEC_UNREADABLE,
    ENABLED,
    DISABLED,
    ACKNOWLEDGED,
    ALREADY_RESOLVED,
    NOTHING_FOUND,
    MANY_ENABLED,
    MANY_DISABLED,
    NOTHING_CHOSEN,
    DELETED,
    OWNED,
    OWNED_APP,
    APP_REMOVED,
    APP_HAS_JOBS,
    APP_HAS_NODES,
    APP_HAS_RUNS,
    APP_NAME_NOT_TYPED,
    FORGOTTEN,
    NODE_NOT_OFFLINE,
    PASSWORD_SET,
    REVISION_IMPOSSIBLE,
    SAVED,
    SIGNED_OUT,
    ENDED,
    REVOKED
  }

  /** As the cookie holds it. */
  String encode() {
    String cut = subject.length() > MAX_SUBJECT ? subject.substring(0, MAX_SUBJECT) : subject;
    return outcome.name() + ":" + cut;
  }

  /** Reads {@link #encode()}; empty for anything else. */
  static Optional<Flash> decode(String text) {
    int colon = text.indexOf(':');
    for (Outcome outcome : Outcome.values()) {
      if (colon > 0 && outcome.name().equals(text.substring(0, colon))) {
        return Optional.of(new Flash(outcome, text.substring(colon + 1)));
      }
    }
    return Optional.empty();
  }

  /** The sentence. */
  Frame.Flash words(Speech speech) {
    Sentences say = speech.sentences();
    AppMessages apps = speech.apps();
    return switch (outcome) {
      case STARTED -> good(say.saidStarted(subject));
      case KILL_ASKED -> good(say.saidKillAsked(subject));
      case RELEASED -> good(say.saidReleased(subject));
      case FORCED -> good(say.saidForced(subject));
      case NOT_HELD -> bad(say.saidNotHeld(subject));
      case NOT_STOPPING -> bad(say.saidNotStopping(subject));
      case ENABLED -> good(say.saidEnabled(subject));
      case DISABLED -> good(say.saidDisabled(subject));
      case MANY_ENABLED -> good(say.saidManyEnabled(subject));
      case MANY_DISABLED -> good(say.saidManyDisabled(subject));
      case NOTHING_CHOSEN -> bad(say.saidNothingChosen());
      case DELETED -> good(say.saidDeleted(subject));
      case OWNED -> bad(say.saidOwned(subject));
      case OWNED_APP -> bad(apps.saidOwned(subject));
      case APP_REMOVED -> good(apps.saidRemoved(subject));
      case APP_HAS_JOBS -> bad(apps.saidHasJobs(subject));
      case APP_HAS_NODES -> bad(apps.saidHasNodes(subject));
      case APP_HAS_RUNS -> bad(apps.saidHasRuns(subject));
      case APP_NAME_NOT_TYPED -> bad(apps.saidNameNotTyped(subject));
      case FORGOTTEN -> good(apps.saidForgotten(subject));
      case NODE_NOT_OFFLINE -> bad(apps.saidNotOffline(subject));
      case PASSWORD_SET -> good(say.saidPasswordSet(subject));
      case REVISION_IMPOSSIBLE -> bad(say.saidRevisionImpossible(subject));
      case SAVED -> good(say.saidSaved(subject));
      case SIGNED_OUT -> good(say.saidSignedOut(subject));
      case ENDED -> good(say.saidEnded(subject));
      case REVOKED -> good(say.saidRevoked(subject));
      case ACKNOWLEDGED -> good(say.saidAcknowledged(subject));
      case ALREADY_RESOLVED -> bad(say.saidAlreadyResolved(subject));
      case QUEUE_FULL -> bad(say.saidQueueFull(subject));
      case ALREADY_OVER -> bad(say.saidAlreadyOver(subject));
      case JOB_GONE -> bad(say.saidJobGone(subject));
      case SPEC_UNREADABLE -> bad(say.saidSpecUnreadable(subject));
      case NOTHING_FOUND -> bad(say.saidNothingFound(subject));
    };
  }

  private static Frame.Flash good(String text) {
    return new Frame.Flash(true, text);
  }

  private static Frame.Flash bad(String text) {
    return new Frame.Flash(false, text);
  }
}
