package io.oasis.ui.page;

/**
 * Something went wrong with a page.
 *
 * @param frame around it
 * @param status of HTTP
 * @param title what happened
 * @param hint what to do next
 */
public record ErrorPage(Frame frame, int status, String title, String hint) {}
