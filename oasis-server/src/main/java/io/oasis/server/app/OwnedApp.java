package io.oasis.server.app;

/**
 * An app of a source, with what depends on it.
 *
 * @param jobs how many it has
 * @param nodes how many of its nodes are online or draining
 */
public record OwnedApp(ManagedApp app, int jobs, int nodes) {}
