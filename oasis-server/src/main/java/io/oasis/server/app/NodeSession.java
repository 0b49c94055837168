package io.oasis.server.app;

/**
 * One stream of a node. A later stream of the same node has a higher number; what is written for an
 * earlier one changes nothing.
 *
 * @param nodeId the node
 * @param appId its app
 * @param number raised by each stream of the node
 */
public record NodeSession(String nodeId, long appId, long number) {}
