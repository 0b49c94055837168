package io.oasis.server.api;

import io.oasis.manifest.JobKey;
import io.oasis.server.apply.ThreeWay;
import java.util.List;

/** What is said when an edit is not saved. */
final class EditProblems {
  /** What messages call the body of the request. */
  static final String BODY = "request";

  private EditProblems() {}

  /** A body has no lines worth naming: the path says where. */
  static Problem invalid(List<io.oasis.manifest.Problem> problems) {
    return ApplyProblems.invalid(
        problems.stream()
            .map(p -> new io.oasis.manifest.Problem(BODY, 0, 0, p.path(), p.said(), p.advice()))
            .toList());
  }

  static Problem stale(JobKey key, ThreeWay views) {
    String edited =
        views
            .base()
            .map(base -> "revision " + base.revision() + " was edited")
            .orElse("what was edited is gone");
    return Problem.of(
            ErrorCode.STALE_REVISION,
            "job %s is at revision %d by %s, and %s"
                .formatted(key, views.theirs().revision(), views.theirs().author(), edited),
            "take over what you need of the newer revision, and send its ETag",
            null)
        .withConflict(conflict(views));
  }

  private static Problem.ConflictJson conflict(ThreeWay views) {
    return new Problem.ConflictJson(
        views.base().map(EditProblems::version).orElse(null),
        version(views.theirs()),
        new Problem.VersionJson(null, null, null, views.yours().labels(), views.yours().spec()),
        views.fields().stream()
            .map(
                f ->
                    new Problem.ThreeWayField(
                        f.path(), f.base(), f.theirs(), f.yours(), f.isConflict()))
            .toList());
  }

  private static Problem.VersionJson version(ThreeWay.Version version) {
    return new Problem.VersionJson(
        version.revision(),
        version.author(),
        version.at(),
        version.form().labels(),
        version.form().spec());
  }
}
