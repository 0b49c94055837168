package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.Times;
import io.oasis.schedule.DurationText;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a token and prints it once. */
@Command(
    name = "create",
    description = "Create a token and print it; it is never shown again.",
    footer = {
      "",
      "Standard output has the token and nothing else.",
      "",
      "Examples:",
      "  oasis token create ci --role editor --expires 90d",
      "  OASIS_TOKEN=$(oasis token create worker-1 --executor --app billing) oasis-worker"
    })
public final class TokenCreateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "What it is for.")
  String name;

  @Option(names = "--executor", order = 1, description = "For an executor, not for the API.")
  boolean executor;

  @Option(
      names = {"-a", "--app"},
      paramLabel = "APP",
      order = 2,
      description = "Only for this app.")
  String app;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      order = 3,
      description = "viewer, operator, editor or admin; default viewer.")
  String role;

  @Option(
      names = "--expires",
      paramLabel = "DURATION",
      order = 4,
      description = "How long it is good for, for example 90d.")
  String expires;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public TokenCreateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Facts token = server.client(shell).post("/tokens", request());
    Documents.print(
        shell.terminal(),
        output.format(),
        token,
        t -> t.text("token"),
        () -> shell.terminal().print(token.text("token")));
    Times times = new Times(shell.clock(), shell.zone());
    shell
        .terminal()
        .say(
            "token %s (%s)%s%s; it is not shown again"
                .formatted(
                    token.text("id"),
                    token.text("name"),
                    token.optional("app").map(a -> " for app " + a).orElse(""),
                    token
                        .instant("expiresAt")
                        .map(at -> ", good until " + times.full(at))
                        .orElse(", without end")));
    return ExitCode.OK.number();
  }

  private ObjectNode request() {
    if (executor && role != null) {
      throw CliFailure.invalid("an executor's token has no role; leave out --role");
    }
    if (expires != null && DurationText.parse(expires).isEmpty()) {
      throw CliFailure.invalid(
          "--expires: \"%s\" is not a duration; write it like 12h or 90d".formatted(expires));
    }
    ObjectNode body = JsonText.object();
    body.put("name", name);
    body.put("kind", executor ? "EXECUTOR" : "API");
    if (!executor) {
      body.put("role", role == null ? "viewer" : role.toLowerCase(Locale.ROOT));
    }
    if (app != null) {
      body.put("app", app);
    }
    if (expires != null) {
      body.put("expiresIn", expires);
    }
    return body;
  }
}
