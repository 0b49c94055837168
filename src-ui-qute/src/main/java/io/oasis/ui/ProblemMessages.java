package io.oasis.ui;

import io.oasis.ui.row.ProblemWord;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * What is wrong with a manifest or a form. The values stand in angle brackets, because a text is
 * chosen by its constant and each constant has other values. The texts are in {@code
 * messages/problem_*.properties}; the English ones are those of the readers of manifests.
 */
@MessageBundle("problem")
public interface ProblemMessages {
  @Message
  String say(ProblemWord word);
}
