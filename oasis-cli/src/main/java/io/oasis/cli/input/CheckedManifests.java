package io.oasis.cli.input;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.manifest.LayeredManifests;
import io.oasis.manifest.Manifest;
import io.oasis.manifest.Problem;
import io.oasis.manifest.SourceFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Manifests whose every document is right, as far as that can be told without a server. What is
 * sent to a server are {@link #files()}, in a {@link ManifestRequest}.
 *
 * @param read what was read
 */
public record CheckedManifests(LayeredManifests read) {

  /**
   * Manifests without a problem.
   *
   * @param count how many files were read
   * @throws CliFailure with every mistake of every file and a line that counts them
   */
  public static CheckedManifests of(LayeredManifests read, int count) {
    List<Problem> problems = read.result().problems();
    if (problems.isEmpty()) {
      return new CheckedManifests(read);
    }
    List<String> lines = new ArrayList<>();
    problems.forEach(problem -> lines.add(problem.toString()));
    lines.add(count(problems, count));
    throw new CliFailure(ExitCode.INVALID, "", lines, null);
  }

  /** What to send: with variables put in and overlays laid over, when there are any. */
  public List<SourceFile> files() {
    return read.files();
  }

  /** The documents, in the order of the files. */
  public List<Manifest> manifests() {
    return read.result().manifests();
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
