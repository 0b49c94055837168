package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ContextsFile;
import io.oasis.cli.client.ContextsFile.Context;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.Table;
import io.oasis.cli.output.Times;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists saved servers, without their tokens. */
@Command(
    name = "list",
    description = "List the saved servers; their tokens are not shown.",
    footer = {"", "Example:", "  oasis context list"})
public final class ContextListCommand implements Callable<Integer> {
  @Mixin OutputOptions output;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ContextListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<Context> contexts = ContextsFile.of(shell.env()).all();
    Documents.printAll(
        shell.terminal(),
        output.format(),
        contexts.stream().map(ContextListCommand::facts).toList(),
        context -> context.text("name"),
        () -> table(contexts));
    return ExitCode.OK.number();
  }

  private static Facts facts(Context context) {
    ObjectNode node = JsonText.object();
    node.put("name", context.name()).put("server", context.server());
    node.put("account", context.account()).put("loggedIn", context.token().isPresent());
    node.put("expiresAt", context.expiresAt().map(Object::toString).orElse(null));
    node.put("current", context.current());
    return new Facts(node);
  }

  private void table(List<Context> contexts) {
    if (contexts.isEmpty()) {
      shell.terminal().say("no contexts; make one with: oasis context set NAME --server URL");
      return;
    }
    Table table = new Table(List.of("CURRENT", "NAME", "SERVER", "LOGIN"));
    for (Context context : contexts) {
      table.addText(context.current() ? "*" : "", context.name(), context.server(), login(context));
    }
    table.print(shell.terminal(), "");
  }

  private String login(Context context) {
    if (context.token().isEmpty()) {
      return "";
    }
    Times times = new Times(shell.clock(), shell.zone());
    String who = context.account().isEmpty() ? "by token" : context.account();
    return context
        .expiresAt()
        .map(
            at ->
                at.isBefore(times.now())
                    ? who + ", ended " + times.relative(at)
                    : who + ", ends " + times.relative(at))
        .orElse(who);
  }
}
