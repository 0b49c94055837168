package io.oasis.ui;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the job editor. The texts are in {@code messages/edit_*.properties}. */
@MessageBundle("edit")
public interface EditMessages {
  @Message
  String newJob();

  @Message
  String editJob(String job);

  @Message
  String copyJob(String job);

  @Message
  String create();

  @Message
  String save();

  @Message
  String cancel();

  @Message
  String edit();

  @Message
  String copy();

  @Message
  String delete();

  @Message
  String deleteAsk(String job);

  @Message
  String what();

  @Message
  String how();

  @Message
  String who();

  @Message
  String name();

  @Message
  String nameHint();

  @Message
  String handlerHint();

  @Message
  String kind();

  @Message
  String when();

  @Message
  String whenHint();

  @Message
  String enabled();

  @Message
  String linesHint();

  @Message
  String max();

  @Message
  String retries();

  @Message
  String backoff();

  @Message
  String ownerEmail();

  @Message
  String alarmOn();

  @Message
  String alarmFailure();

  @Message
  String alarmTimeout();

  @Message
  String alarmLost();

  @Message
  String alarmMissed();

  @Message
  String mail();

  @Message
  String reason();

  @Message
  String override(String owner);

  @Message
  String preview();

  @Message
  String previewEmpty();

  @Message
  String field();

  @Message
  String clashTitle();

  @Message
  String clashText();

  @Message
  String clashBase();

  @Message
  String clashTheirs();

  @Message
  String clashYours();

  @Message
  String clashBoth();

  @Message
  String owned(String owner);

  @Message
  String reasonTooLong(int most);

  @Message
  String exists();

  @Message
  String notALine(String line);

  @Message
  String problemAndAdvice(String said, String advice);

  @Message
  String choose();

  @Message
  String overrideDelete(String owner);

  @Message
  String rollBack();

  @Message
  String rollBackAsk(String n);
}
