package io.oasis.server.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of lines in a row: a JSON array of {@code [epoch milliseconds, stream letter, text]}.
 */
final class LogText {
  private static final JsonFactory JSON = new JsonFactory();

  private LogText() {}

  static String write(List<LogEntry> entries) {
    StringWriter text = new StringWriter(entries.size() * 80);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (LogEntry entry : entries) {
        json.writeStartArray();
        json.writeNumber(entry.at().toEpochMilli());
        json.writeString(letter(entry.stream()));
        json.writeString(clean(entry.text()));
        json.writeEndArray();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static List<LogEntry> read(String text) {
    List<LogEntry> entries = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        Instant at = Instant.ofEpochMilli(json.nextLongValue(0));
        LogLine.Stream stream = stream(json.nextTextValue());
        entries.add(new LogEntry(at, stream, json.nextTextValue()));
        json.nextToken();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a row of run_log cannot be read", e);
    }
    return entries;
  }

  /** PostgreSQL has no NUL in text and no half of a surrogate pair; both become U+FFFD. */
  static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isBad(text, i)) {
        return cleaned(text);
      }
      if (Character.isHighSurrogate(text.charAt(i))) {
        i++;
      }
    }
    return text;
  }

  private static String cleaned(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isBad(text, i)) {
        clean.append('\uFFFD');
      } else if (Character.isHighSurrogate(c)) {
        clean.append(c).append(text.charAt(++i));
      } else {
        clean.append(c);
      }
    }
    return clean.toString();
  }

  /** Asked only for a character that is not the second half of a pair. */
  private static boolean isBad(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return c == '\0' || Character.isLowSurrogate(c);
  }

  private static String letter(LogLine.Stream stream) {
    return switch (stream) {
      case HANDLER -> "H";
      case STDOUT -> "O";
      case STDERR -> "E";
      case SYSTEM -> "S";
    };
  }

  private static LogLine.Stream stream(String letter) {
    return switch (letter) {
      case "O" -> LogLine.Stream.STDOUT;
      case "E" -> LogLine.Stream.STDERR;
      case "S" -> LogLine.Stream.SYSTEM;
      default -> LogLine.Stream.HANDLER;
    };
  }
}
