package io.oasis.ui.row;

/**
 * One step of a run's trace.
 *
 * @param at when
 * @param step what
 * @param tone {@code good}, {@code bad}, {@code busy}, {@code care} or empty
 * @param attempt for example "attempt 2"; empty in the first of one
 * @param why one line; empty when there is nothing to add
 * @param who a person, a token or a node; empty: the platform
 */
public record StepRow(Moment at, Step step, String tone, String attempt, String why, String who) {}
