/**
 * The numbers of the dashboard. It reads the counts that the ledger keeps ({@code run_count}), the
 * runs that are under way (a partial index, small whatever the history holds), jobs, apps, nodes
 * and servers; it never counts over the whole of {@code run}, so that the page stays fast at any
 * size of the history.
 */
package io.oasis.server.stats;
