package io.oasis.cli.options;

import io.oasis.cli.Shell;
import io.oasis.cli.input.CheckedManifests;
import io.oasis.cli.input.ManifestRequest;
import picocli.CommandLine.Mixin;

/** Manifests and where they come from: what plan and apply send to the server. */
public final class ManifestOptions {
  @Mixin FileOptions files;
  @Mixin SourceOptions source;

  /** Whether any were named, for a command that can do without. */
  public boolean given() {
    return files.given();
  }

  /**
   * Reads and checks the manifests; a plan or apply request that is ready to be sent.
   *
   * @throws io.oasis.cli.CliFailure with every mistake in them
   */
  public ManifestRequest request(Shell shell) {
    CheckedManifests checked = files.read(shell);
    return new ManifestRequest(checked, source.request(checked.files()));
  }
}
