package io.oasis.manifest.lint;

import io.oasis.manifest.Problem;

/**
 * Something to say about a manifest.
 *
 * @param rule which kind
 * @param severity whether it stops an apply
 * @param problem where and what
 */
public record Finding(Rule rule, Severity severity, Problem problem) {

  /** Whether a finding stops an apply. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** {@code file:line:column path message; hint}; a warning says that it is one, and its rule. */
  @Override
  public String toString() {
    if (severity == Severity.ERROR) {
      return problem.toString();
    }
    Problem said =
        new Problem(
            problem.file(),
            problem.line(),
            problem.column(),
            problem.path(),
            "warning: " + problem.message(),
            problem.hint());
    return said + " (" + rule.id() + ")";
  }
}
