package io.oasis.server.api;

import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.apply.Ownership;
import io.oasis.server.apply.PruneGuard;
import io.oasis.server.apply.StaleObject;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said when manifests are not applied. */
final class ApplyProblems {
  private static final int NAMED = 3;

  private ApplyProblems() {}

  static Problem invalid(List<io.oasis.manifest.Problem> problems) {
    String detail = problems.size() == 1 ? "1 error" : problems.size() + " errors";
    return Problem.of(ErrorCode.INVALID, detail + ", nothing was written", null, places(problems));
  }

  static Problem conflict(List<Ownership> owners) {
    return Problem.of(
        ErrorCode.CONFLICT,
        some(owners.stream().map(Ownership::toString).toList()),
        owners.get(0).hint(),
        places(owners.stream().map(Ownership::problem).toList()));
  }

  static Problem stale(List<StaleObject> objects) {
    List<Problem.Place> places =
        objects.stream()
            .map(o -> new Problem.Place(o.object(), 0, 0, "", null, moved(o), null))
            .toList();
    return Problem.of(
        ErrorCode.STALE_PLAN,
        some(objects.stream().map(o -> o.object() + " " + moved(o)).toList()),
        "make a new plan and look at it",
        places);
  }

  /** {@code was changed by wang at 2026-11-22T10:00:00Z (job.change)}. */
  private static String moved(StaleObject object) {
    String who =
        object
            .moved()
            .map(
                change ->
                    ": %s by %s at %s"
                        .formatted(
                            change.action(),
                            change.who(),
                            change.at().truncatedTo(ChronoUnit.SECONDS)))
            .orElse("");
    if (object.planned().isEmpty()) {
      return "needs a change that the plan does not have" + who;
    }
    return (object.now().isEmpty() ? "needs no change any more" : "has moved since the plan") + who;
  }

  static Problem unguarded(PruneGuard guard) {
    return switch (guard) {
      case PruneGuard.NoSource() ->
          Problem.field(
              ErrorCode.INVALID_REQUEST,
              "source",
              "prune needs a source: only what a source owns can be pruned",
              "name the source");
      case PruneGuard.NothingGiven() ->
          Problem.field(
              ErrorCode.INVALID_REQUEST,
              "files",
              "there is no document in these files, so prune would delete everything of the source",
              "check the files, or allow an empty set (allowEmpty, --allow-empty)");
      case PruneGuard.TooMany(int deletions, int owned) ->
          Problem.field(
              ErrorCode.INVALID_REQUEST,
              "yes",
              "%d of the %d objects of the source would be deleted, which is more than 30 %%"
                  .formatted(deletions, owned),
              "look at the plan; if that is meant, say so with the number: yes %d (--yes %d)"
                  .formatted(deletions, deletions));
    };
  }

  static ProblemException outOfScope(ApplyRequest request, String object) {
    return new ProblemException(
        ErrorCode.FORBIDDEN,
        "this is about "
            + object
            + ", and "
            + request.origin().by()
            + " may change only what is in "
            + String.join(", ", request.reach().names().orElse(Set.of())));
  }

  private static String some(List<String> lines) {
    String first = lines.stream().limit(NAMED).collect(Collectors.joining("; "));
    return lines.size() <= NAMED ? first : first + "; and " + (lines.size() - NAMED) + " more";
  }

  private static List<Problem.Place> places(List<io.oasis.manifest.Problem> problems) {
    return problems.stream()
        .map(
            p ->
                new Problem.Place(
                    p.file(),
                    p.line(),
                    p.column(),
                    p.path(),
                    p.code().orElse(null),
                    p.message(),
                    p.hint().orElse(null)))
        .toList();
  }
}
