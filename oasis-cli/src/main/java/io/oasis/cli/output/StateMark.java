package io.oasis.cli.output;

/**
 * A run's state with its symbol and tone.
 *
 * @param symbol one cell wide
 * @param tone how it looks where colours are
 * @param word the state's name as the server says it
 */
public record StateMark(String symbol, Tone tone, String word) {

  /** The mark of a state; an unknown one, from a newer server, keeps its word. */
  public static StateMark of(String state) {
    return switch (state) {
      case "SUCCEEDED" -> new StateMark("✓", Tone.GOOD, state);
      case "FAILED", "TIMED_OUT" -> new StateMark("✗", Tone.BAD, state);
      case "LOST" -> new StateMark("?", Tone.BAD, state);
      case "KILLED" -> new StateMark("■", Tone.WARN, state);
      case "CANCELLED" -> new StateMark("⊘", Tone.WARN, state);
      case "MISSED" -> new StateMark("!", Tone.WARN, state);
      case "SKIPPED", "COALESCED" -> new StateMark("–", Tone.DIM, state);
      case "RUNNING", "KILLING" -> new StateMark("●", Tone.ACTIVE, state);
      case "QUEUED", "DISPATCHED" -> new StateMark("○", Tone.ACTIVE, state);
      default -> new StateMark("·", Tone.PLAIN, state);
    };
  }

  /** {@code ✓ SUCCEEDED}. */
  public Table.Cell cell() {
    return new Table.Cell(symbol + " " + word, tone);
  }
}
