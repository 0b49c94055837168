package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.options.CommonOptions;
import io.oasis.manifest.schema.ManifestSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the JSON Schema of manifests. */
@Command(
    name = "schema",
    description = "Print the JSON Schema of manifests, for editors and other checks.",
    footer = {
      "",
      "An editor with the YAML language server completes a manifest that begins with the line",
      "  # yaml-language-server: $schema=oasis.schema.json",
      "A server has the schema of its own version at /api/v1/schema.",
      "",
      "Examples:",
      "  oasis schema -o oasis.schema.json",
      "  oasis schema | jq '.\"$defs\".Job.properties.spec.required'"
    })
public final class SchemaCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      order = 1,
      description = "Write it to this file, in place of standard output.")
  Path file;

  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public SchemaCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (file == null) {
      shell.terminal().out().print(ManifestSchema.text());
      return ExitCode.OK.number();
    }
    try {
      Files.writeString(file, ManifestSchema.text());
    } catch (IOException e) {
      throw new CliFailure(ExitCode.ERROR, file + ": cannot be written", List.of(), e);
    }
    shell.terminal().say("schema written to " + file);
    return ExitCode.OK.number();
  }
}
