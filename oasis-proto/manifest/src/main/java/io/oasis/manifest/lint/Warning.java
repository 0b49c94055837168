package io.oasis.manifest.lint;

import io.oasis.manifest.Problem;

/** What a check found, before it is known how severe that is. */
record Warning(Rule rule, Problem problem) {}
