/**
 * How background work lives and ends: the one shared loop and the order of shutdown.
 *
 * <p>A background duty is one class with a step that neither sleeps nor owns a thread; {@link
 * io.oasis.server.loop.Loop} gives it both, never dies, and says a failure once and its end once,
 * however long it lasts. {@link io.oasis.server.loop.Shutdown} is the only place that knows in
 * which order the server ends.
 *
 * <p>It stands apart from {@code maintenance} because every feature turns a loop, and the duties of
 * {@code maintenance} use the features.
 */
package io.oasis.server.loop;
