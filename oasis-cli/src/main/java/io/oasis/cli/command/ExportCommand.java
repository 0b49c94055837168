package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.input.ExportFolder;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobFilterOptions;
import io.oasis.cli.options.ServerOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what the server has as manifests. */
@Command(
    name = "export",
    description = "Write the server's apps and jobs as manifests.",
    footer = {
      "",
      "Applying them to the same server changes nothing; applying them to an empty one makes the",
      "same jobs. A folder gets one file for each app.",
      "",
      "Examples:",
      "  oasis export -o jobs/",
      "  oasis export -a billing > billing.yaml",
      "  oasis export -l team=payments -o -"
    })
public final class ExportCommand implements Callable<Integer> {
  private static final int PAGE = 200;

  @Option(
      names = {"-a", "--app"},
      paramLabel = "APP",
      order = 1,
      description = "Only of this app.")
  String app;

  @Mixin JobFilterOptions filter;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      defaultValue = "-",
      order = 20,
      description = "Where to: a folder, or - for standard output, which is the default.")
  String target;

  @Option(names = "--force", order = 21, description = "Replace files that are there already.")
  boolean force;

  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;
  private int apps;
  private int jobs;
  private int switchedOff;
  private int over;

  /** Runs in the given shell. */
  public ExportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Map<String, String> byApp = read(server.client(shell));
    if (target.equals("-")) {
      shell.terminal().out().print(String.join("---\n", byApp.values()));
    } else {
      List<Path> files = new ExportFolder(target, force).write(byApp);
      files.forEach(file -> shell.terminal().print(file.toString()));
    }
    summary();
    return ExitCode.OK.number();
  }

  private Map<String, String> read(OasisClient client) {
    Map<String, String> byApp = new LinkedHashMap<>();
    Optional<String> cursor = Optional.empty();
    do {
      Query query = Query.on("/manifests").add("app", Optional.ofNullable(app));
      query = filter.addTo(query).add("limit", Integer.toString(PAGE)).add("cursor", cursor);
      Facts page = client.get(query.toString());
      for (Facts item : page.list("items")) {
        count(item);
        byApp.merge(item.text("app"), item.text("yaml"), (a, b) -> a + "---\n" + b);
      }
      shell.terminal().showProgress("read %d jobs".formatted(jobs));
      cursor = page.optional("nextCursor");
    } while (cursor.isPresent());
    shell.terminal().endProgress();
    return byApp;
  }

  private void count(Facts item) {
    if (item.text("kind").equals("app")) {
      apps++;
      return;
    }
    jobs++;
    switchedOff +=
        item.text("state").equals("off") && !item.text("yaml").contains("enabled: false") ? 1 : 0;
    over += item.text("state").equals("done") ? 1 : 0;
  }

  private void summary() {
    shell
        .terminal()
        .say("exported %s, %s".formatted(count(apps, "app", "apps"), count(jobs, "job", "jobs")));
    if (switchedOff > 0) {
      shell
          .terminal()
          .say(
              "%s switched off by hand, of which a manifest knows nothing: applied elsewhere, %s"
                  .formatted(
                      count(switchedOff, "job is", "jobs are"),
                      switchedOff == 1 ? "it fires" : "they fire"));
    }
    if (over > 0) {
      shell
          .terminal()
          .say(
              "%s no time left: an apply refuses a time in the past, unless it says ifPast: skip"
                  .formatted(count(over, "job has", "jobs have")));
    }
  }

  private static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
