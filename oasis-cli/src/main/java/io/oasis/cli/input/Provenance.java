package io.oasis.cli.input;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where manifests come from, as the surroundings tell it.
 *
 * @param commit that they were taken from
 * @param author of that commit
 * @param ciRun the address of the build
 */
public record Provenance(Optional<String> commit, Optional<String> author, Optional<String> ciRun) {

  /** Nothing is known. */
  public static final Provenance UNKNOWN =
      new Provenance(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * What GitHub Actions, GitLab CI or Jenkins say in the environment, and for the rest the Git
   * repository that the files lie in.
   *
   * @param folder of the files; empty: they have none
   */
  public static Provenance of(Map<String, String> env, Optional<Path> folder) {
    Provenance ci = ofCi(env);
    if (ci.commit().isPresent() && ci.author().isPresent()) {
      return ci;
    }
    Provenance git = folder.flatMap(GitFolder::head).map(head -> head.provenance()).orElse(UNKNOWN);
    // An author belongs to his own commit only.
    boolean sameCommit = ci.commit().isEmpty() || ci.commit().equals(git.commit());
    return new Provenance(
        ci.commit().or(git::commit),
        ci.author().or(() -> sameCommit ? git.author() : Optional.empty()),
        ci.ciRun());
  }

  private static Provenance ofCi(Map<String, String> env) {
    if (is(env, "GITHUB_ACTIONS")) {
      return new Provenance(
          first(env, "GITHUB_SHA"),
          first(env, "GITHUB_ACTOR"),
          first(env, "GITHUB_RUN_ID")
              .map(
                  run ->
                      env.getOrDefault("GITHUB_SERVER_URL", "https://github.com")
                          + "/"
                          + env.getOrDefault("GITHUB_REPOSITORY", "")
                          + "/actions/runs/"
                          + run));
    }
    if (is(env, "GITLAB_CI")) {
      return new Provenance(
          first(env, "CI_COMMIT_SHA"),
          first(env, "CI_COMMIT_AUTHOR", "GITLAB_USER_NAME"),
          first(env, "CI_JOB_URL", "CI_PIPELINE_URL"));
    }
    if (env.containsKey("JENKINS_URL")) {
      return new Provenance(
          first(env, "GIT_COMMIT"),
          first(env, "CHANGE_AUTHOR", "GIT_AUTHOR_NAME"),
          first(env, "BUILD_URL"));
    }
    return UNKNOWN;
  }

  private static boolean is(Map<String, String> env, String name) {
    return "true".equalsIgnoreCase(env.get(name));
  }

  private static Optional<String> first(Map<String, String> env, String... names) {
    return Stream.of(names)
        .map(env::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }
}
