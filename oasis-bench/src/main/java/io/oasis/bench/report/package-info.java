/**
 * What was measured, as figures, and how it is shown: medians over the rounds that count, ratios of
 * one round, a table with the targets, JSON lines and plots. Nothing here measures.
 */
package io.oasis.bench.report;
