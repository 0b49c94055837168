package io.oasis.server.app;

import java.util.Map;
import java.util.Set;

/**
 * A node that may be given runs, or that drains, as this server last saw it.
 *
 * @param id its id
 * @param appId its app
 * @param labels for selectors
 * @param handlers what it offers
 * @param slots how many runs it takes at once
 * @param busySlots how many it said it has
 * @param draining true when it takes no new runs
 * @param serverId the server that holds its stream
 */
public record OnlineNode(
    String id,
    long appId,
    Map<String, String> labels,
    Set<String> handlers,
    int slots,
    int busySlots,
    boolean draining,
    String serverId) {}
