package io.oasis.manifest;

/**
 * What a manifest says of an app.
 *
 * @param title for people, any language; never null, the name when the manifest has none
 * @param owner default owner of the app's jobs
 */
public record AppSpec(String title, Owner owner) {}
