/**
 * The pages: an edge that asks the features' doors and hands view records to the templates of
 * {@code src-ui-qute}. No rule and no query lives here.
 *
 * <p>What holds for every page: it is rendered by the server in the viewer's language and time zone
 * ({@link io.oasis.server.console.Visit}); what changes something is a POST with a form token,
 * answered by a redirect; nothing is inline, so that the Content-Security-Policy can forbid it; a
 * page whose parts live on is followed by a stream of server-sent events that begins where the page
 * ended.
 */
package io.oasis.server.console;
