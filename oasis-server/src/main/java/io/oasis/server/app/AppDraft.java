package io.oasis.server.app;

import io.oasis.manifest.AppSpec;

/** An app as it is to be written. */
public record AppDraft(String name, AppSpec spec) {}
