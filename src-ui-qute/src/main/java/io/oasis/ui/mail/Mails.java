package io.oasis.ui.mail;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The bodies of mails. */
@CheckedTemplate(basePath = "mail", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
public final class Mails {
  private Mails() {}

  public static native TemplateInstance html(MailBody mail);

  public static native TemplateInstance text(MailBody mail);
}
