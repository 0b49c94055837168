package io.oasis.cli.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.Shell;
import picocli.CommandLine.Mixin;

/** Manifests and where they come from: what plan and apply send to the server. */
public final class ManifestOptions {
  @Mixin FileOptions files;
  @Mixin SourceOptions source;

  /**
   * Reads and checks the manifests; the body of a plan or apply request.
   *
   * @throws io.oasis.cli.CliFailure with every mistake in them
   */
  public ObjectNode request(Shell shell) {
    return source.request(files.read(shell).files());
  }
}
