package io.oasis.ui;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What mails say. The texts are in {@code messages/mail_*.properties}. */
@MessageBundle("mail")
public interface MailMessages {
  // Subjects
  @Message
  String subjectOpened(String job, String what);

  @Message
  String subjectRepeated(String job, String what, String failures);

  @Message
  String subjectRecovered(String job);

  @Message
  String subjectDigest(String n);

  @Message
  String subjectTest();

  // What happened
  @Message
  String failed();

  @Message
  String timedOut();

  @Message
  String lost();

  @Message
  String missed();

  @Message
  String saidOpened(String job, String what);

  @Message
  String saidRepeated(String job, String what, String failures);

  @Message
  String saidRecovered(String job, String what, String failures);

  @Message
  String saidDigest(String n);

  @Message
  String saidMore(String n);

  @Message
  String saidTest(String by);

  // Labels
  @Message
  String job();

  @Message
  String owner();

  @Message
  String run();

  @Message
  String why();

  @Message
  String attempt();

  @Message
  String attemptOf(String n, String of);

  @Message
  String node();

  @Message
  String nominalTime();

  @Message
  String finishedAt();

  @Message
  String since();

  @Message
  String lastLines();

  @Message
  String openRun();

  @Message
  String openIncident();

  // At the end
  @Message
  String whyYouGetThis();

  @Message
  String howToSilence(String incident);
}
