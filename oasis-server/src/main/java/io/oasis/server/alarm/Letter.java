package io.oasis.server.alarm;

/**
 * A mail, ready to be sent.
 *
 * @param to one address
 * @param subject one line
 * @param text the whole of it as plain text
 * @param html the whole of it as HTML
 * @param id tells this mail from every other, whenever and by whichever server it is sent
 * @param thread the same for all mails about one incident; empty: it stands alone
 */
public record Letter(
    String to, String subject, String text, String html, String id, String thread) {
  private static final int LONGEST_SUBJECT = 200;

  /** A subject can never begin another header, whatever a job is called. */
  public Letter {
    subject = oneLine(subject);
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST_SUBJECT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
  }
}
