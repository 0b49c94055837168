package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import java.util.Locale;

/** A run in one line. */
public final class RunText {

  private RunText() {}

  /** {@code run 48213 ✓ SUCCEEDED in 4 m 11 s}, with the reason when it went otherwise. */
  public static String line(Facts run, Palette palette) {
    String state = run.text("state");
    StateMark mark = StateMark.of(state);
    StringBuilder line = new StringBuilder("run ").append(run.text("id")).append("  ");
    line.append(palette.paint(mark.tone(), mark.symbol() + " " + mark.word()));
    if (run.flag("final")) {
      run.millis("durationMs").ifPresent(d -> line.append(" in ").append(Times.duration(d)));
    } else if (!state.equals("QUEUED")) {
      run.optional("node").ifPresent(node -> line.append(" on ").append(node));
      if (!run.text("routing").isEmpty() && !run.text("node").isEmpty()) {
        line.append(" (").append(run.text("routing").toLowerCase(Locale.ROOT)).append(')');
      }
    }
    if (run.number("attempt") > 1) {
      line.append(", attempt ").append(run.number("attempt"));
      line.append(" of ").append(run.number("maxAttempts"));
    }
    String why = why(run);
    return why.isEmpty() ? line.toString() : line + ": " + why;
  }

  /** {@code no_executor}. */
  public static String reason(Facts run) {
    return run.text("reason").toLowerCase(Locale.ROOT);
  }

  /** Reason and message together. */
  public static String why(Facts run) {
    if (run.text("state").equals("SUCCEEDED")) {
      return "";
    }
    String reason = reason(run);
    String message = SafeText.line(run.text("message"));
    return reason.isEmpty() || message.isEmpty() ? reason + message : reason + ", " + message;
  }
}
