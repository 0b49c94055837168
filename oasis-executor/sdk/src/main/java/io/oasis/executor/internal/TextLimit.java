package io.oasis.executor.internal;

import java.nio.charset.StandardCharsets;

/** Cuts texts to what the server takes, never inside of a character. */
final class TextLimit {
  private static final String CUT = " … [cut]";

  private TextLimit() {}

  /** The text, or its head and a mark when it has more than {@code maxBytes} bytes of UTF-8. */
  static String bytes(String text, int maxBytes) {
    if ((long) text.length() * 3 <= maxBytes) {
      return text;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    if (encoded.length <= maxBytes) {
      return text;
    }
    int markBytes = CUT.getBytes(StandardCharsets.UTF_8).length;
    String mark = markBytes < maxBytes ? CUT : "";
    int end = maxBytes - (mark.isEmpty() ? 0 : markBytes);
    while (end > 0 && (encoded[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(encoded, 0, end, StandardCharsets.UTF_8) + mark;
  }

  /** The text on one line, of at most {@code maxChars} characters. */
  static String oneLine(String text, int maxChars) {
    String line = text.replaceAll("\\s*\\R\\s*", " ").strip();
    if (line.length() <= maxChars) {
      return line;
    }
    int end = maxChars - 1;
    if (Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + "…";
  }
}
