package io.oasis.manifest;

import io.oasis.phrase.Phrase;
import java.util.Optional;

/**
 * Something wrong in a manifest.
 *
 * @param file as the user named it
 * @param line 1-based; 1 when the problem is of the whole file, 0 when there is no text to point at
 * @param column 1-based; 1 or 0 likewise
 * @param path of the field, for example {@code spec.schedule.cron}; may be empty
 * @param said what is wrong, one line
 * @param advice what to do about it, one line
 */
public record Problem(
    String file, int line, int column, String path, Phrase said, Optional<Phrase> advice) {

  /**
   * A problem that is worded in English only, because no page shows it.
   *
   * @param message what is wrong, one line
   * @param hint what to do about it, one line
   */
  public Problem(
      String file, int line, int column, String path, String message, Optional<String> hint) {
    this(file, line, column, path, Phrase.plain(message), hint.map(Phrase::plain));
  }

  /**
   * A problem of a field, at the place where its document writes it.
   *
   * @param advice what to do about it; null: nothing
   */
  public static Problem at(Manifest.Location document, String path, Phrase said, Phrase advice) {
    Manifest.Location place = document.at(path);
    return new Problem(
        place.file(), place.line(), place.column(), path, said, Optional.ofNullable(advice));
  }

  /** As {@link #at(Manifest.Location, String, Phrase, Phrase)}, worded in English only. */
  public static Problem at(Manifest.Location document, String path, String message, String hint) {
    return at(document, path, Phrase.plain(message), hint == null ? null : Phrase.plain(hint));
  }

  /** What is wrong, for programs; see {@link Phrase#code}. */
  public Optional<String> code() {
    return said.code();
  }

  /** What is wrong, in English. */
  public String message() {
    return said.toString();
  }

  /** What to do about it, in English. */
  public Optional<String> hint() {
    return advice.map(Phrase::toString);
  }

  /** {@code file:line:column path message; hint}: how every tool prints it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append("  ");
    if (!path.isEmpty()) {
      text.append(path).append("  ");
    }
    text.append(said);
    advice.ifPresent(h -> text.append("; ").append(h));
    return text.toString();
  }
}
