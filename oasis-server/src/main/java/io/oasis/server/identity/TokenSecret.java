package io.oasis.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret part of a token: 32 random bytes. It is kept as SHA-256, which is enough for something
 * that nobody can guess; passwords need bcrypt.
 */
final class TokenSecret {
  private static final int BYTES = 32;

  private TokenSecret() {}

  /** A new token of the kind, as its holder keeps it. */
  static String generate(Token.Kind kind) {
    return kind.prefix() + randomText(BYTES);
  }

  /** Random bytes as text of letters, digits, {@code -} and {@code _}. */
  static String randomText(int bytes) {
    byte[] random = new byte[bytes];
    // Made anew each time: a generator in static state would be seeded when a native image is
    // built.
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** What the database keeps. */
  static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
