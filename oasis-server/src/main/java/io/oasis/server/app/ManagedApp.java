package io.oasis.server.app;

import io.oasis.manifest.AppSpec;
import java.util.Optional;

/**
 * An app as a manifest could have written it.
 *
 * @param id of the row
 * @param source the Git source that owns it; empty: nobody's
 */
public record ManagedApp(long id, String name, AppSpec spec, Optional<String> source) {}
