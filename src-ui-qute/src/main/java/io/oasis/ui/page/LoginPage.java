package io.oasis.ui.page;

/**
 * Signing in.
 *
 * @param frame language, theme and token of the form; there is no frame around this page
 * @param name that was typed before; may be empty
 * @param next where to go afterwards; a path of this server
 * @param problem why it did not work; empty the first time
 * @param oidc name of the OpenID Connect provider; empty: there is none
 */
public record LoginPage(Frame frame, String name, String next, String problem, String oidc) {}
