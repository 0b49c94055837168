package io.oasis.manifest;

import java.util.regex.Pattern;

/**
 * The one rule for mail addresses: of owners, of alarms and of accounts. It refuses what cannot be
 * one address and what could smuggle a second one or a header into a mail; whether somebody reads
 * there, only a mail shows.
 */
public final class MailAddress {
  /** Most characters of an address. */
  public static final int LONGEST = 254;

  /** The form as a regular expression that JSON Schema understands too, without its ends. */
  public static final String FORM = "[^\\s@,;<>]+@[^\\s@,;<>]+";

  private static final Pattern WHOLE = Pattern.compile(FORM);

  private MailAddress() {}

  /** True for what can be the address of a mail. */
  public static boolean isValid(String text) {
    return text.length() <= LONGEST
        && WHOLE.matcher(text).matches()
        && text.chars().noneMatch(Character::isISOControl);
  }
}
