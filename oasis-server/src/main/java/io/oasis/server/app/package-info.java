/**
 * Apps (groups of executors that offer the same handlers) and their nodes. Tables {@code app},
 * {@code node} and {@code node_farewell}: nodes that went, until somebody has seen to it that they
 * left no run behind.
 *
 * <p>Invariants: the name of an app is unique among those that are not removed; an app with jobs or
 * with nodes that are online is removed by force only, and then no executor makes it anew; no node
 * joins an app that is removed; the row of a removed app stays for its history.
 */
package io.oasis.server.app;
