package io.oasis.server.api;

import io.oasis.server.apply.ApplyOptions;
import io.oasis.server.apply.OwnerRule;
import java.util.List;
import java.util.Optional;

/**
 * Files to plan or to apply.
 *
 * @param source name of the Git source that the files come from; null: by hand
 * @param commit of the source
 * @param author of the commit
 * @param ciRun the build that applies
 * @param horizon how far the plan looks ahead at fires, for example {@code 7d}
 * @param dryRun for apply: plan only
 * @param prune delete what the source owns and the files do not have; needs a source
 * @param allowEmpty with prune: files without a document delete everything that the source owns
 * @param yes with prune: how many deletions somebody said yes to; needed above 30 %
 * @param kill with prune: stop the running runs of deleted jobs
 * @param takeOver take objects from other sources; needs a source
 * @param override edit objects of sources by hand; only without a source
 * @param reason why, for edits by hand
 * @param expect a plan that was saved: it is done exactly, or not at all
 */
public record ApplyJson(
    List<FileJson> files,
    String source,
    String commit,
    String author,
    String ciRun,
    String horizon,
    Boolean dryRun,
    Boolean prune,
    Boolean allowEmpty,
    Integer yes,
    Boolean kill,
    Boolean takeOver,
    Boolean override,
    String reason,
    ExpectJson expect) {

  /** One file; its name is for messages. */
  public record FileJson(String name, String content) {}

  /**
   * A plan that was saved.
   *
   * @param digest that it had
   * @param steps all steps but those that are unchanged
   */
  public record ExpectJson(String digest, List<TouchedJson> steps) {}

  /** What a saved plan was going to do with one object, as its step said. */
  public record TouchedJson(String kind, String key, String action, String base) {}

  boolean isDryRun() {
    return Boolean.TRUE.equals(dryRun);
  }

  /** What is asked for beside the files; ends the request when it contradicts itself. */
  ApplyOptions options() {
    boolean byHand = source == null || source.isBlank();
    if (Boolean.TRUE.equals(takeOver) && byHand) {
      throw ProblemException.invalidField(
          "takeOver", "takeOver needs a source to give the objects to", "name the source");
    }
    if (Boolean.TRUE.equals(override) && !byHand) {
      throw ProblemException.invalidField(
          "override",
          "override is for edits by hand, and this apply names the source " + source,
          "use takeOver to move objects to this source, or leave the source out");
    }
    if (!Boolean.TRUE.equals(prune) && (yes != null || Boolean.TRUE.equals(allowEmpty))) {
      throw ProblemException.invalidField(
          yes != null ? "yes" : "allowEmpty", "yes and allowEmpty need prune", "ask for prune");
    }
    return new ApplyOptions(
        ownerRule(),
        Boolean.TRUE.equals(prune)
            ? Optional.of(
                new ApplyOptions.Prune(Boolean.TRUE.equals(allowEmpty), Optional.ofNullable(yes)))
            : Optional.empty(),
        Boolean.TRUE.equals(kill),
        Optional.ofNullable(expect).map(ApplyJson::expected));
  }

  private OwnerRule ownerRule() {
    if (Boolean.TRUE.equals(takeOver)) {
      return OwnerRule.TAKE_OVER;
    }
    return Boolean.TRUE.equals(override) ? OwnerRule.OVERRIDE : OwnerRule.RESPECT;
  }

  private static ApplyOptions.Expected expected(ExpectJson expect) {
    if (expect.digest() == null || expect.steps() == null) {
      throw ProblemException.invalidField(
          "expect", "expect needs digest and steps", "send those of the saved plan");
    }
    return new ApplyOptions.Expected(
        expect.digest(),
        expect.steps().stream()
            .map(
                step ->
                    new ApplyOptions.Touched(
                        step.kind() + " " + step.key(),
                        step.action(),
                        Optional.ofNullable(step.base())))
            .toList());
  }
}
