package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/run-states.md} is made from the transition table; {@code -Doasis.docs=write} makes it
 * anew.
 */
class RunStatesDocTest {
  private static final Path DOC = Path.of("..", "docs", "run-states.md");

  @Test
  void docIsFresh() throws IOException {
    String text = text();
    if ("write".equals(System.getProperty("oasis.docs"))) {
      Files.writeString(DOC, text);
    }

    assertThat(DOC).hasContent(text);
  }

  private static String text() {
    StringBuilder doc =
        new StringBuilder(
            """
            # The states of a run

            Made from the transition table of the server (`RunTransitions`); a test fails when it is stale.
            A final state is never left; running something again makes a new run that points to the old one.

            ```mermaid
            stateDiagram-v2
              [*] --> QUEUED
            """);
    for (RunEvent event : RunEvent.values()) {
      RunTransitions.allowed(event).stream()
          .filter(from -> from != RunTransitions.target(event))
          .forEach(
              from ->
                  doc.append(
                      "  %s --> %s: %s\n".formatted(from, RunTransitions.target(event), event)));
    }
    doc.append("```\n\n| event | in state | leads to |\n|---|---|---|\n");
    for (RunEvent event : RunEvent.values()) {
      if (!RunTransitions.allowed(event).isEmpty()) {
        doc.append(
            "| `%s` | %s | `%s` |\n"
                .formatted(
                    event,
                    RunTransitions.allowed(event).stream()
                        .map(s -> "`" + s + "`")
                        .collect(Collectors.joining(", ")),
                    RunTransitions.target(event)));
      }
    }
    doc.append("\nFinal states: ");
    doc.append(
        Arrays.stream(RunState.values())
            .filter(RunState::isFinal)
            .map(s -> "`" + s + "`")
            .collect(Collectors.joining(", ")));
    doc.append(
        """
        .
        `MISSED`, and `COALESCED` for a stretch of missed times, are written by the trigger and never move.

        A node that refuses a run after it said that it began has broken its word, and how far it came is not known: the
        attempt ends as if the node were lost, `LOST`, or `RETRY_PLANNED` where the job retries on loss.
        """);
    return doc.toString();
  }
}
