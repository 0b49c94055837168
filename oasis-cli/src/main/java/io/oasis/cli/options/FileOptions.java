package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.cli.Shell;
import io.oasis.cli.input.CheckedManifests;
import io.oasis.cli.input.ManifestFiles;
import io.oasis.cli.input.VariableFiles;
import io.oasis.manifest.LayeredManifests;
import io.oasis.manifest.Layers;
import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.SourceFile;
import io.oasis.manifest.yaml.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/**
 * Which manifests, with what over them: the one way in which {@code lint}, {@code plan}, {@code
 * diff} and {@code apply} take files. A command that sends them declares {@code @Mixin
 * ManifestOptions manifests} and calls
 *
 * <pre>{@code
 * ManifestRequest request = manifests.request(shell);   // or a CliFailure with every mistake
 * request.manifests().manifests();                      // what they say, each with its location
 * request.body().put("dryRun", true);
 * Facts plan = request.post(server.client(shell), "/plan");
 * }</pre>
 *
 * Files, folders, standard input, variables ({@code --env-file}, {@code --set}) and overlays are
 * dealt with in here; what is sent is what came of them, and what the server finds wrong is shown
 * at its place in the user's own files.
 */
public final class FileOptions {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      order = 1,
      description = "A manifest file, a folder of them, or - for standard input; repeatable.")
  List<String> files = List.of();

  @Option(
      names = {"-R", "--recursive"},
      order = 2,
      description = "Also read the folders inside a folder.")
  boolean recursive;

  @Option(
      names = "--overlay",
      paramLabel = "FILE",
      order = 3,
      description = "A file or folder of documents that patch the manifests; repeatable.")
  List<String> overlays = List.of();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      order = 4,
      description = "A file of NAME=value lines: variables to put into the manifests.")
  List<String> envFiles = List.of();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      order = 5,
      description = "A variable to put in, stronger than --env-file; repeatable.")
  List<String> variables = List.of();

  /** Whether any were named. */
  public boolean given() {
    return !files.isEmpty();
  }

  /** What was read, right or wrong. */
  public record Read(LayeredManifests manifests, int files) {}

  /** The folder of the first file that has one. */
  public Optional<Path> folder() {
    return files.stream()
        .filter(name -> !name.equals("-"))
        .findFirst()
        .map(name -> Path.of(name).toAbsolutePath().normalize())
        .map(path -> Files.isDirectory(path) ? path : path.getParent());
  }

  /** Reads and checks them all; a mistake in any of them ends the command. */
  public CheckedManifests read(Shell shell) {
    return read(shell, false);
  }

  /**
   * The same, where no document at all may be meant.
   *
   * @param allowEmpty files and folders without a document are no mistake
   */
  public CheckedManifests read(Shell shell, boolean allowEmpty) {
    Read read = readAll(shell, allowEmpty);
    return CheckedManifests.of(read.manifests(), read.files());
  }

  /** Reads them all and leaves it to the caller what to do about mistakes in them. */
  public Read readAll(Shell shell) {
    return readAll(shell, false);
  }

  /** A typo would otherwise leave a default in place; files of variables may have more. */
  private void refuseUnused(LayeredManifests read) {
    if (!read.result().problems().isEmpty()) {
      return;
    }
    Set<String> used = read.usedVariables();
    for (String assignment : variables) {
      String name = VariableFiles.name(assignment);
      if (!used.contains(name)) {
        String hint =
            Suggestion.closest(name, used)
                .map(near -> "did you mean " + near + "?")
                .orElse("leave it out, or write ${" + name + "} where it belongs");
        throw CliFailure.invalid(
            "--set %s: no manifest uses ${%s}; %s".formatted(name, name, hint));
      }
    }
  }

  private Read readAll(Shell shell, boolean allowEmpty) {
    if (files.isEmpty()) {
      throw CliFailure.invalid("no manifests; name them with -f FILE, or -f - for standard input");
    }
    ManifestFiles reader = new ManifestFiles(shell.terminal().in());
    List<SourceFile> sources = reader.read(files, recursive, allowEmpty);
    int count = sources.size();
    List<List<SourceFile>> layers = new ArrayList<>();
    for (String overlay : overlays) {
      if (overlay.equals("-")) {
        throw CliFailure.invalid("--overlay takes a file or a folder, not standard input");
      }
      layers.add(reader.read(List.of(overlay), recursive));
      count += layers.get(layers.size() - 1).size();
    }
    Optional<Map<String, String>> values =
        envFiles.isEmpty() && variables.isEmpty()
            ? Optional.empty()
            : Optional.of(VariableFiles.read(envFiles, variables));
    LayeredManifests read = new ManifestReader().read(sources, new Layers(values, layers));
    refuseUnused(read);
    return new Read(read, count);
  }
}
