package io.oasis.server.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a browser keeps between the way to the provider and the way back, so that the answer can be
 * known to be the one to its own question. Servers keep nothing: any of them may get the answer.
 *
 * @param state that the answer must repeat
 * @param nonce that the ID token must hold
 * @param verifier of PKCE, sent with the code
 * @param next where the person wanted to go: a path of this server
 */
public record Attempt(String state, String nonce, String verifier, String next) {
  private static final int PARTS = 4;

  /** As the cookie holds it. */
  public String encode() {
    return String.join(
        ".",
        state,
        nonce,
        verifier,
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(next.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads {@link #encode()}; empty for anything else. */
  public static Optional<Attempt> decode(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      String next =
          new String(Base64.getUrlDecoder().decode(parts[PARTS - 1]), StandardCharsets.UTF_8);
      return Optional.of(new Attempt(parts[0], parts[1], parts[2], next));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
