package io.oasis.ui;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words about apps and their nodes. The texts are in {@code messages/apps_*.properties}. */
@MessageBundle("apps")
public interface AppMessages {
  @Message
  String registration();

  @Message
  String automatic();

  @Message
  String manual();

  @Message
  String heartbeat();

  @Message
  String connected();

  @Message
  String slots();

  @Message
  String slotsOf(int busy, int all);

  @Message
  String handlers();

  @Message
  String countOnline(int n);

  @Message
  String countDraining(int n);

  @Message
  String countOffline(int n);

  @Message
  String countJobs(int n);

  @Message
  String noNodes();

  @Message
  String noNodesHint();

  @Message
  String noAppsYet();

  @Message
  String noAppsYetHint();

  @Message
  String full();

  @Message
  String countFull(int n);

  @Message
  String registeredAutomatically();

  @Message
  String registeredByHand();

  @Message
  String runsOfNode();

  @Message
  String forget();

  @Message
  String forgetHint();

  @Message
  String newApp();

  @Message
  String editApp(String app);

  @Message
  String create();

  @Message
  String what();

  @Message
  String nameHint();

  @Message
  String title();

  @Message
  String titleHint();

  @Message
  String ownerHint();

  @Message
  String exists();

  @Message
  String outOfReach();

  @Message
  String owned(String owner);

  @Message
  String override(String owner);

  @Message
  String clashTitle();

  @Message
  String previewEmpty();

  @Message
  String remove();

  @Message
  String removeAsk(String app);

  @Message
  String inUse();

  @Message
  String force();

  @Message
  String forceAsk();

  @Message
  String takesJobs(int n);

  @Message
  String takesNodes(int n);

  @Message
  String takesTokens(int n);

  @Message
  String takesWaiting(int n);

  @Message
  String takesRunning(int n);

  @Message
  String forceEnds();

  @Message
  String forceKill();

  @Message
  String forceOverride(String sources);

  @Message
  String typeName(String app);

  @Message
  String saidOwned(String owner);

  @Message
  String saidRemoved(String app);

  @Message
  String saidHasJobs(String app);

  @Message
  String saidHasNodes(String app);

  @Message
  String saidHasRuns(String app);

  @Message
  String saidNameNotTyped(String app);

  @Message
  String saidForgotten(String node);

  @Message
  String saidNotOffline(String node);
}
