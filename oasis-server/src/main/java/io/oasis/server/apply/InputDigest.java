package io.oasis.server.apply;

import io.oasis.manifest.SourceFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of what a plan is made from: files, source and options, not who asks or when. */
final class InputDigest {
  private InputDigest() {}

  static String of(ApplyRequest request) {
    MessageDigest digest = sha256();
    add(digest, request.origin().source().orElse(""));
    add(digest, request.options().ownerRule().name());
    add(digest, request.options().prune().isPresent() ? "prune" : "");
    for (SourceFile file : request.files()) {
      add(digest, file.name());
      add(digest, file.content());
    }
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    add(digest, text.getBytes(StandardCharsets.UTF_8));
  }

  /** With its length, so that the parts cannot run into each other. */
  private static void add(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
