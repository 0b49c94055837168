package io.oasis.manifest;

import java.util.Optional;

/**
 * Something wrong in a manifest.
 *
 * @param file as the user named it
 * @param line 1-based; 1 when the problem is of the whole file, 0 when there is no text to point at
 * @param column 1-based; 1 or 0 likewise
 * @param path of the field, for example {@code spec.schedule.cron}; may be empty
 * @param message what is wrong, one line
 * @param hint what to do about it, one line
 */
public record Problem(
    String file, int line, int column, String path, String message, Optional<String> hint) {

  /** A problem of a field, at the place where its document writes it. */
  public static Problem at(Manifest.Location document, String path, String message, String hint) {
    Manifest.Location place = document.at(path);
    return new Problem(
        place.file(), place.line(), place.column(), path, message, Optional.ofNullable(hint));
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
    text.append(message);
    hint.ifPresent(h -> text.append("; ").append(h));
    return text.toString();
  }
}
