package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.PasswordOptions;
import io.oasis.cli.options.RoleOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.AccountText;
import io.oasis.cli.output.Documents;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an account. */
@Command(
    name = "create",
    description = "Make an account that signs in with a password.",
    exitCodeList = {"3:the name is taken"},
    footer = {
      "",
      "Without a role it may do nothing. The password comes from --password-stdin, else a prompt.",
      "",
      "Examples:",
      "  oasis account create li --email li@example.com --role viewer",
      "  oasis account create ops --app-role billing=operator --password-stdin < secret"
    })
public final class AccountCreateCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The name to sign in with.")
  String name;

  @Mixin RoleOptions roles;

  @Option(names = "--email", paramLabel = "ADDRESS", order = 3, description = "For people to know.")
  String email;

  @Mixin PasswordOptions password;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public AccountCreateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    roles.check();
    OasisClient client = server.client(shell);
    ObjectNode body = JsonText.object();
    body.put("name", name);
    roles.everywhere().ifPresent(role -> body.put("role", role));
    ObjectNode byApp = body.putObject("appRoles");
    roles.byApp(Map.of()).forEach(byApp::put);
    if (email != null) {
      body.put("email", email);
    }
    body.put("password", password.read(shell));
    Facts made = client.post("/accounts", body);
    Documents.print(
        shell.terminal(),
        output.format(),
        made,
        account -> account.text("name"),
        () -> shell.terminal().print(AccountText.line(made, "created")));
    return ExitCode.OK.number();
  }
}
