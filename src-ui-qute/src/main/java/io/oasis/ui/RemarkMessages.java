package io.oasis.ui;

import io.oasis.ui.row.RemarkWord;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * What the engine remarks about runs. The values stand in angle brackets, as in {@link
 * ProblemMessages}. The texts are in {@code messages/remark_*.properties}; the English ones are
 * those that the engine keeps.
 */
@MessageBundle("remark")
public interface RemarkMessages {
  @Message
  String say(RemarkWord word);
}
