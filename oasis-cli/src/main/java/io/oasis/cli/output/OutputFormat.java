package io.oasis.cli.output;

import java.util.Locale;

/** What {@code -o} takes. */
public enum OutputFormat {
  /** For people. */
  TABLE,
  /** For people with wide screens. */
  WIDE,
  /** As the server says it. */
  JSON,
  /** As the server says it. */
  YAML,
  /** Only names, one a line. */
  NAME;

  /** As the user writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
