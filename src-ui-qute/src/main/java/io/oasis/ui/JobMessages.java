package io.oasis.ui;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * What templates say of jobs, runs and logs. The texts are in {@code messages/job_*.properties}.
 */
@MessageBundle("job")
public interface JobMessages {
  // Runs
  @Message
  String result();

  @Message
  String status();

  @Message
  String why();

  @Message
  String whyIs(String why);

  @Message
  String nominalTime();

  @Message
  String actualTime();

  @Message
  String duration();

  @Message
  String lateness();

  @Message
  String attempt();

  @Message
  String attemptOf(String n);

  @Message
  String triggerType();

  @Message
  String rerunOf(long id);

  @Message
  String noRunsYet();

  @Message
  String noRunsYetHint();

  @Message
  String noRunsMatch();

  @Message
  String searchGoesOn();

  @Message
  String searchFurther();

  @Message
  String runSearchPlaceholder();

  @Message
  String byLastResult();

  @Message
  String trace();

  @Message
  String facts();

  @Message
  String stretch();

  @Message
  String handlerResult();

  @Message
  String runAgain();

  @Message
  String runAgainSameRevision(int revision);

  @Message
  String kill();

  @Message
  String release();

  @Message
  String releaseHint();

  @Message
  String forceEnd();

  @Message
  String forceEndHint();

  @Message
  String forceRun();

  @Message
  String forceRunHint();

  @Message
  String moreActions();

  // Log
  @Message
  String log();

  @Message
  String line();

  @Message
  String follow();

  @Message
  String download();

  @Message
  String findInLog();

  @Message
  String logStartsLater();

  @Message
  String logFromStart();

  @Message
  String noLog();

  @Message
  String noLogHint();

  // Jobs
  @Message
  String schedule();

  @Message
  String handler();

  @Message
  String params();

  @Message
  String noParams();

  @Message
  String owner();

  @Message
  String labels();

  @Message
  String nextFire();

  @Message
  String noNextFire();

  @Message
  String nextFireAfterRun();

  @Message
  String lastResult();

  @Message
  String routingLabel();

  @Message
  String blockingLabel();

  @Message
  String timeout();

  @Message
  String retry();

  @Message
  String revision();

  @Message
  String diffToNow();

  @Message
  String changedSince(int revision);

  @Message
  String changedNothing();

  @Message
  String revisions();

  @Message
  String manifest();

  @Message
  String changes();

  @Message
  String firstRevision();

  @Message
  String onlyOwner();

  @Message
  String author();

  @Message
  String source();

  @Message
  String managedFromGit();

  @Message
  String enable();

  @Message
  String disable();

  @Message
  String disabledBecause(String reason);

  @Message
  String specUnreadable(int revision, String why);

  @Message
  String runOnce();

  @Message
  String runOnceHint();

  @Message
  String runOnceNoParams();

  @Message
  String moreParams();

  @Message
  String notALine(String line);

  @Message
  String durations(String median, String p95);

  @Message
  String allRunsOfJob();

  @Message
  String auditOfJob();

  @Message
  String alarmsOn(String events);

  @Message
  String alarmsTo(String addresses);

  @Message
  String alarmsNone();

  @Message
  String alarmsNoneHint();

  @Message
  String alarmsNever();

  @Message
  String jobNeverRan();

  @Message
  String jobNeverRanHint();

  @Message
  String jobSearchPlaceholder();

  @Message
  String noJobsYet();

  @Message
  String noJobsMatch();

  @Message
  String noJobMatchesYet();

  @Message
  String jobSearchGoesOn();

  @Message
  String searchMoreJobs();

  @Message
  String chooseAll();

  @Message
  String enableChosen();

  @Message
  String disableChosen();

  @Message
  String changed();
}
