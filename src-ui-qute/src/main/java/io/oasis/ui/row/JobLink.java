package io.oasis.ui.row;

/**
 * Names a job and leads to it.
 *
 * @param key app and name
 * @param title for people
 * @param url of its page
 */
public record JobLink(String key, String title, String url) {}
