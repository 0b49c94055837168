/** How {@code oasis lint} says what it found: to people, to programs, to GitHub and as SARIF. */
package io.oasis.cli.lint;
