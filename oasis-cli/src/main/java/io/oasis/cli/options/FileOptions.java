package io.oasis.cli.options;

import io.oasis.cli.Shell;
import io.oasis.cli.input.CheckedManifests;
import io.oasis.cli.input.ManifestFiles;
import java.util.List;
import picocli.CommandLine.Option;

/** Which manifests. */
public final class FileOptions {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "A manifest file, a folder of them, or - for standard input; repeatable.")
  List<String> files = List.of();

  @Option(
      names = {"-R", "--recursive"},
      order = 2,
      description = "Also read the folders inside a folder.")
  boolean recursive;

  /** Reads and checks them all. */
  public CheckedManifests read(Shell shell) {
    return CheckedManifests.of(new ManifestFiles(shell.terminal().in()).read(files, recursive));
  }
}
