package io.oasis.cli.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks {@code git}, where there is one, about a folder. It is never needed. */
final class GitFolder {
  private static final int PATIENCE_SECONDS = 5;
  private static final int MOST = 64 * 1024;

  private GitFolder() {}

  /**
   * The newest commit of a folder's repository.
   *
   * @param commit its full name
   * @param author name and address
   * @param isDirty the folder has changes that are not committed
   */
  record Head(String commit, String author, boolean isDirty) {
    Provenance provenance() {
      return new Provenance(
          Optional.of(isDirty ? commit + "-dirty" : commit),
          Optional.of(author).filter(name -> !isDirty && !name.isBlank()),
          Optional.empty());
    }
  }

  /** Empty when the folder is in no repository, has no commit, or there is no git. */
  static Optional<Head> head(Path folder) {
    Optional<String> log = ask(folder, "log", "-1", "--format=%H%n%an <%ae>");
    List<String> lines = log.map(text -> text.lines().toList()).orElse(List.of());
    if (lines.size() < 2) {
      return Optional.empty();
    }
    boolean dirty =
        ask(folder, "status", "--porcelain", "--", ".").map(text -> !text.isBlank()).orElse(false);
    return Optional.of(new Head(lines.get(0), lines.get(1), dirty));
  }

  private static Optional<String> ask(Path folder, String... words) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
    try {
      Process git = builder.start();
      git.getOutputStream().close();
      String answer = new String(git.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
      boolean ended = git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        git.destroyForcibly();
      }
      return ended && git.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
