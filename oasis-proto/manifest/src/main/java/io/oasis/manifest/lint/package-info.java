/**
 * Findings of {@code oasis lint}: what the server would refuse, and what it would take though its
 * author may not have meant it. Each kind of finding has an id that never changes. Pure functions
 * of what was read and of a moment; nothing is asked.
 */
package io.oasis.manifest.lint;
