package io.oasis.worker;

import jakarta.enterprise.context.Dependent;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine;

/** What {@code --version} prints. */
@Dependent
final class VersionProvider implements CommandLine.IVersionProvider {
  private final String version;

  VersionProvider(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.version = version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"oasis-worker " + version};
  }
}
