package io.oasis.server.alarm;

/** Puts notices into words. The words are the console's, which stands above this feature. */
public interface LetterWriter {

  /** The mail that says a notice. */
  Letter write(Notice notice);

  /** A mail that says only that mails arrive. */
  Letter test(String to, Language language, String by);
}
