package io.oasis.ui.row;

/**
 * One attempt on one node, or one member of a broadcast.
 *
 * @param number for example "2", or "1 · 3" for the third member
 * @param state now
 * @param node its id; empty before there is one
 * @param started when the node began
 * @param duration from then to its end; empty before that
 * @param why one line; empty when there is nothing to say
 */
public record AttemptRow(
    String number, RunBadge state, String node, Moment started, String duration, String why) {}
