package io.oasis.cli.lint;

import java.util.Locale;

/** What {@code oasis lint -o} takes. */
public enum LintFormat {
  /** One line a finding, for people. */
  TEXT,
  /** One object with all findings. */
  JSON,
  /** Annotations of a GitHub workflow. */
  GITHUB,
  /** SARIF 2.1.0, which code scanning takes. */
  SARIF;

  /** As the user writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
