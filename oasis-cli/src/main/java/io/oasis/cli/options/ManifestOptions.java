package io.oasis.cli.options;

import io.oasis.cli.Shell;
import io.oasis.cli.input.CheckedManifests;
import io.oasis.cli.input.ManifestRequest;
import io.oasis.cli.input.Provenance;
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
    return request(shell, false);
  }

  /**
   * The same, where no document at all may be meant.
   *
   * @param allowEmpty files and folders without a document are no mistake
   */
  public ManifestRequest request(Shell shell, boolean allowEmpty) {
    CheckedManifests checked = files.read(shell, allowEmpty);
    return new ManifestRequest(
        checked, source.request(checked.files(), Provenance.of(shell.env(), files.folder())));
  }
}
