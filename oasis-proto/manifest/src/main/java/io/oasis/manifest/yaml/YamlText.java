package io.oasis.manifest.yaml;

import io.oasis.manifest.yaml.YamlValue.Mark;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Turns bytes into text, or says why they are none. */
public sealed interface YamlText {

  /** The bytes are text. */
  record Decoded(String text) implements YamlText {}

  /** The bytes are not text that YAML allows. */
  record Refused(YamlError error) implements YamlText {}

  /** Decodes a file of at most {@code limit} bytes; a larger one is refused without a look. */
  static YamlText decode(byte[] content, int limit) {
    if (content.length > limit) {
      return refused(
          Mark.START,
          "the file is larger than " + limit / (1024 * 1024) + " MB",
          "split it into several files");
    }
    for (byte b : content) {
      if (b == 0) {
        return refused(
            Mark.START,
            "the file is binary, not text",
            "give YAML files in UTF-8; leave out archives, images and UTF-16 text");
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer chars = CharBuffer.allocate(content.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(bytes, chars, true);
    String text = chars.flip().toString();
    if (result.isError()) {
      return refused(end(text), "the file is not UTF-8 from here on", "save it as UTF-8");
    }
    return printable(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static YamlText printable(String text) {
    for (int at = 0; at < text.length(); ) {
      int code = text.codePointAt(at);
      if (!StreamReader.isPrintable(code)) {
        return refused(
            end(text.substring(0, at)),
            String.format("the control character U+%04X is not allowed in YAML", code),
            "remove it, or write it as an escape in double quotes");
      }
      at += Character.charCount(code);
    }
    return new Decoded(text);
  }

  private static Mark end(String text) {
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    int start = text.lastIndexOf('\n') + 1;
    return new Mark(line, 1 + text.codePointCount(start, text.length()));
  }

  private static YamlText refused(Mark mark, String message, String hint) {
    return new Refused(new YamlError(mark, "", message, hint));
  }
}
