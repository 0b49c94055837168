package io.oasis.cli.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.client.JsonText;
import picocli.CommandLine.Option;

/** Why somebody does it. */
public final class ReasonOptions {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      order = 1,
      description = "Why, for the audit and the trace.")
  String reason;

  /** The body of a request that may have a reason. */
  public ObjectNode body() {
    ObjectNode body = JsonText.object();
    if (reason != null && !reason.isBlank()) {
      body.put("reason", reason.strip());
    }
    return body;
  }
}
