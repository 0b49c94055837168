package io.oasis.ui;

import io.oasis.ui.row.AlarmEvent;
import io.oasis.ui.row.AlarmKind;
import io.oasis.ui.row.AuditObject;
import io.oasis.ui.row.AuditWord;
import io.oasis.ui.row.BlockingWord;
import io.oasis.ui.row.DeliveryBadge;
import io.oasis.ui.row.IncidentBadge;
import io.oasis.ui.row.JobBadge;
import io.oasis.ui.row.NodeBadge;
import io.oasis.ui.row.RoutingWord;
import io.oasis.ui.row.RunBadge;
import io.oasis.ui.row.ScheduleWord;
import io.oasis.ui.row.Step;
import io.oasis.ui.row.TriggerWord;
import io.oasis.ui.row.Why;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words for states, reasons and the like, one for each constant. The texts are in {@code
 * messages/word_*.properties}.
 */
@MessageBundle("word")
public interface Words {
  // States of a run
  @Message
  String state(RunBadge state);

  @Message
  String jobState(JobBadge state);

  @Message
  String nodeState(NodeBadge state);

  @Message
  String trigger(TriggerWord trigger);

  @Message
  String routing(RoutingWord routing);

  @Message
  String blocking(BlockingWord blocking);

  @Message
  String scheduleKind(ScheduleWord kind);

  @Message
  String reason(Why why);

  @Message
  String step(Step step);

  // Alarms
  @Message
  String alarmKind(AlarmKind kind);

  @Message
  String incidentState(IncidentBadge state);

  @Message
  String alarmEvent(AlarmEvent event);

  @Message
  String deliveryState(DeliveryBadge state);

  @Message
  String auditWord(AuditWord word);

  @Message
  String auditObject(AuditObject word);
}
