package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;

/** Finds one token: the API only lists them, because there are few. */
final class TokenLookup {
  private TokenLookup() {}

  /** The token of this number. */
  static Facts find(OasisClient client, String id) {
    return client.list("/tokens", 0).items().stream()
        .filter(token -> token.text("id").equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new CliFailure(
                    ExitCode.ERROR,
                    "there is no token %s; see them with: oasis token list".formatted(id)));
  }
}
