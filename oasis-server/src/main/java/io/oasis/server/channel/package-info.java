/**
 * The edge to executors: the gRPC service of {@code oasis.executor.v1}, on the HTTP port. It
 * translates between proto messages and the features' records, and owns the streams; it has no
 * table and no rule about runs.
 *
 * <p>How a stream lives: the interceptor takes the token from the call's metadata; the first
 * message must be Hello, which is checked on a worker thread (token, app, node row, runs in
 * flight), and only then is more read. From Welcome on the {@link io.oasis.server.channel.Session}
 * is in {@link io.oasis.server.channel.Sessions}, through which dispatch reaches the node. Messages
 * are handled on the event loop and never wait there: reports and log lines are handed to the
 * features, whose answers come back after their commit.
 *
 * <p>Invariants: one session per node and server, the newest; messages to a node keep their order;
 * a heartbeat is answered without a look at the database, so that an outage of the database stops
 * no work; a lease is renewed only for a session that was heard within the lease.
 */
package io.oasis.server.channel;
