package io.oasis.server.run;

/**
 * Why an attempt or a run ends.
 *
 * @param reason a code
 * @param message one line for people; may be empty
 * @param who a person, a token or a duty; may be empty
 * @param lastLogSeq number of the last line of the log, 0 when it is not known
 */
public record Ending(ReasonCode reason, String message, String who, long lastLogSeq) {

  /** An ending that no person asked for. */
  public static Ending of(ReasonCode reason, String message) {
    return new Ending(reason, message, "", 0);
  }

  /** The same with more to say. */
  Ending and(String more) {
    return new Ending(reason, message.isEmpty() ? more : message + "; " + more, who, lastLogSeq);
  }
}
