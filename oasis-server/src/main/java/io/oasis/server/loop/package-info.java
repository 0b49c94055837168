/**
 * The one shared loop. A background duty is one class with a step that neither sleeps nor owns a
 * thread; {@link io.oasis.server.loop.Loop} gives it both, never dies, and says a failure once and
 * its end once, however long it lasts.
 *
 * <p>It stands apart from {@code maintenance} because every feature turns a loop, and the duties of
 * {@code maintenance} use the features.
 */
package io.oasis.server.loop;
