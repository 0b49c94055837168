package io.oasis.cli.input;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.manifest.Manifest;
import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.Problem;
import io.oasis.manifest.ReadResult;
import io.oasis.manifest.SourceFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Files whose every document is right, as far as that can be told without a server.
 *
 * @param files as they were read
 * @param manifests their documents
 */
public record CheckedManifests(List<SourceFile> files, List<Manifest> manifests) {

  /**
   * Checks files with the code that the server uses.
   *
   * @throws CliFailure with every mistake of every file and a line that counts them
   */
  public static CheckedManifests of(List<SourceFile> files) {
    ReadResult result = new ManifestReader().read(files);
    if (result.problems().isEmpty()) {
      return new CheckedManifests(files, result.manifests());
    }
    List<String> lines = new ArrayList<>();
    result.problems().forEach(problem -> lines.add(problem.toString()));
    lines.add(count(result.problems(), files.size()));
    throw new CliFailure(ExitCode.INVALID, "", lines, null);
  }

  private static String count(List<Problem> problems, int files) {
    long wrong = problems.stream().map(Problem::file).distinct().count();
    return "%d %s in %d of %d %s"
        .formatted(
            problems.size(),
            problems.size() == 1 ? "error" : "errors",
            wrong,
            files,
            files == 1 ? "file" : "files");
  }
}
