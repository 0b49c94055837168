package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ContextsFile;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.Times;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says as whom the server knows the caller. */
@Command(
    name = "whoami",
    description = "Show as whom the server knows you.",
    footer = {"", "Examples:", "  oasis whoami", "  oasis whoami -o json"})
public final class WhoamiCommand implements Callable<Integer> {
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public WhoamiCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OasisClient client = server.client(shell);
    Facts me = client.get("/me");
    Documents.print(
        shell.terminal(),
        output.format(),
        me,
        m -> m.text("name"),
        () -> shell.terminal().print(line(client, me)));
    if (common.verbose()) {
      shell.terminal().say("logins are kept in " + ContextsFile.of(shell.env()).path());
    }
    return ExitCode.OK.number();
  }

  private String line(OasisClient client, Facts me) {
    Times times = new Times(shell.clock(), shell.zone());
    return "%s  role %s  at %s  %s token%s"
        .formatted(
            me.text("name"),
            me.text("role").toLowerCase(Locale.ROOT),
            client.endpoint().server(),
            me.text("kind").toLowerCase(Locale.ROOT),
            me.instant("expiresAt").map(t -> " until " + times.full(t)).orElse(""));
  }
}
