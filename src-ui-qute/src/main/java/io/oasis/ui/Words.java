package io.oasis.ui;

import io.oasis.ui.row.BlockingWord;
import io.oasis.ui.row.JobBadge;
import io.oasis.ui.row.NodeBadge;
import io.oasis.ui.row.RoutingWord;
import io.oasis.ui.row.RunBadge;
import io.oasis.ui.row.ScheduleWord;
import io.oasis.ui.row.Step;
import io.oasis.ui.row.TriggerWord;
import io.oasis.ui.row.Why;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words for states, reasons and the like, one for each constant. The texts are in {@code
 * messages/word_*.properties}.
 */
@MessageBundle("word")
public interface Words {
  // States of a run
  String state(RunBadge state);

  String jobState(JobBadge state);

  String nodeState(NodeBadge state);

  String trigger(TriggerWord trigger);

  String routing(RoutingWord routing);

  String blocking(BlockingWord blocking);

  String scheduleKind(ScheduleWord kind);

  String reason(Why why);

  String step(Step step);
}
