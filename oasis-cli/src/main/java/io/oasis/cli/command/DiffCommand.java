package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.ManifestOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.RevisionReference;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.PlanText;
import io.oasis.cli.output.RevisionText;
import io.oasis.cli.output.Times;
import io.oasis.manifest.FieldChange;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what differs. */
@Command(
    name = "diff",
    customSynopsis = {
      "oasis diff APP/JOB@REVISION [APP/JOB[@REVISION]] [OPTIONS]",
      "       oasis diff -f FILE... [OPTIONS]"
    },
    description = "Show what differs between revisions of a job, or between files and the server.",
    exitCodeList = "6:there are differences, with --exit-code",
    footer = {
      "",
      "One revision is compared with the job as it is now.",
      "",
      "Examples:",
      "  oasis diff billing/nightly-settlement@3 billing/nightly-settlement@5",
      "  oasis diff billing/nightly-settlement@3",
      "  oasis diff -f jobs/ --exit-code"
    })
public final class DiffCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..2",
      paramLabel = "APP/JOB@REVISION",
      description = "What to compare; without @REVISION: the job as it is now.")
  List<String> references = List.of();

  @Mixin ManifestOptions manifests;

  @Option(names = "--exit-code", order = 6, description = "Exit with 6 when something differs.")
  boolean exitCode;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public DiffCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (manifests.given() != references.isEmpty()) {
      throw CliFailure.invalid(
          "give either APP/JOB@REVISION or -f FILE, for example: oasis diff billing/nightly@3");
    }
    boolean differs = manifests.given() ? files() : revisions();
    return (exitCode && differs ? ExitCode.CHANGES : ExitCode.OK).number();
  }

  private boolean files() {
    Facts plan = manifests.request(shell).post(server.client(shell), "/plan");
    PlanText text =
        new PlanText(
            shell.terminal(),
            new Times(shell.clock(), shell.zone()),
            output.format() == OutputFormat.WIDE);
    Documents.print(
        shell.terminal(),
        output.format(),
        plan,
        PlanCommand::changedKeys,
        () -> text.planned(plan));
    return PlanText.changes(plan) > 0;
  }

  private boolean revisions() {
    OasisClient client = server.client(shell);
    RevisionReference before = RevisionReference.parse(references.get(0));
    RevisionReference after =
        references.size() == 2
            ? RevisionReference.parse(references.get(1))
            : new RevisionReference(before.key(), OptionalInt.empty());
    if (before.equals(after)) {
      throw CliFailure.invalid(
          "both are the job as it is now; name a revision, for example %s@1"
              .formatted(before.key()));
    }
    Facts old = revision(client, before);
    Facts young = revision(client, after);
    List<FieldChange> changes = RevisionText.diff(old, young);
    Documents.print(
        shell.terminal(),
        output.format(),
        json(changes),
        d -> changes.stream().map(FieldChange::path).collect(Collectors.joining("\n")),
        () -> sheet(before, old, after, young, changes));
    return !changes.isEmpty();
  }

  private static Facts revision(OasisClient client, RevisionReference reference) {
    List<Facts> all = client.get(JobArgument.path(reference.key()) + "/revisions").list("items");
    if (reference.revision().isEmpty()) {
      return all.get(0);
    }
    int wanted = reference.revision().getAsInt();
    return all.stream()
        .filter(revision -> revision.number("revision") == wanted)
        .findFirst()
        .orElseThrow(
            () ->
                new CliFailure(
                    ExitCode.ERROR,
                    "there is no revision %d of job %s; it has revisions %d to %d"
                        .formatted(
                            wanted,
                            reference.key(),
                            all.get(all.size() - 1).number("revision"),
                            all.get(0).number("revision"))));
  }

  private void sheet(
      RevisionReference before,
      Facts old,
      RevisionReference after,
      Facts young,
      List<FieldChange> changes) {
    shell.terminal().print("%s  →  %s".formatted(title(before, old), title(after, young)));
    if (changes.isEmpty()) {
      shell.terminal().print("  no difference");
    } else {
      RevisionText.changes(changes).print(shell.terminal(), "  ");
    }
  }

  private String title(RevisionReference reference, Facts revision) {
    Times times = new Times(shell.clock(), shell.zone());
    return "%s@%d (%s%s%s)"
        .formatted(
            reference.key(),
            revision.number("revision"),
            reference.revision().isEmpty() ? "now, " : "",
            revision.text("author"),
            revision.instant("createdAt").map(at -> ", " + times.relative(at)).orElse(""));
  }

  private static Facts json(List<FieldChange> changes) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (FieldChange change : changes) {
      array
          .addObject()
          .put("path", change.path())
          .put("before", change.before())
          .put("after", change.after());
    }
    return new Facts(array);
  }
}
