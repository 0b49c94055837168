package io.oasis.server.app;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.SpecForm;
import java.util.Optional;

/**
 * An app as a manifest could have written it.
 *
 * @param id of the row
 * @param source the Git source that owns it; empty: nobody's
 * @param applied what its source applied last; empty: nobody owns it
 */
public record ManagedApp(
    long id, String name, AppSpec spec, Optional<String> source, Optional<AppSpec> applied) {

  /** Names this state of the app: whoever changes, takes over or re-makes it changes it. */
  public String version() {
    String content = SpecForm.toMap(spec).toString();
    return id + "." + Integer.toHexString(content.hashCode()) + source.map(s -> "." + s).orElse("");
  }

  /** True when a source owns it and somebody else changed it since the source applied it. */
  public boolean isOverridden() {
    return source.isPresent() && !applied.equals(Optional.of(spec));
  }
}
