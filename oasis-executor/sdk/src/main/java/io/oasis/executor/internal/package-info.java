/**
 * How the SDK works inside; nothing here is meant for applications.
 *
 * <p>One thread, the {@link io.oasis.executor.internal.EventLoop}, owns all protocol state and is
 * also the thread on which gRPC calls back, so there are no locks around it and no hops beyond
 * network thread, loop, handler. Handlers run on their own bounded pool and touch only their {@link
 * io.oasis.executor.internal.RunLog} (which has a lock) and their cancel signal.
 *
 * <ul>
 *   <li>{@code Connection} keeps one stream to one of the servers: dialling, backoff, heartbeats.
 *   <li>{@code LeaseWatch} knows for how long the server still believes that this process lives.
 *   <li>{@code RunBoard} knows every run that was handed over and is not yet forgotten.
 *   <li>{@code LogPump} moves log lines onto the stream while it has room for them.
 * </ul>
 *
 * <p>Invariants: heartbeats never wait for log lines; a {@code Finished} and every log line are
 * kept until they are acknowledged or fenced; a hand-over is started at most once.
 */
package io.oasis.executor.internal;
