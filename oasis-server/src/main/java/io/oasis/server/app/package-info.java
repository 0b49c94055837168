/**
 * Apps (groups of executors that offer the same handlers) and their nodes. Tables {@code app} and
 * {@code node}.
 *
 * <p>Invariants: the name of an app is unique among those that are not removed; an app with jobs or
 * with nodes that are online is not removed; the row of a removed app stays for its history.
 */
package io.oasis.server.app;
