package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.RoleOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.AccountText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes the roles of an account. */
@Command(
    name = "set-role",
    description = "Change the roles of an account, in all apps or in some.",
    exitCodeList = {"3:it is the last administrator"},
    footer = {
      "",
      "Roles that are not named stay as they are.",
      "",
      "Examples:",
      "  oasis account set-role li --role viewer",
      "  oasis account set-role li --app-role billing=editor --app-role legacy=none"
    })
public final class AccountSetRoleCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The account.")
  String name;

  @Mixin RoleOptions roles;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public AccountSetRoleCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (!roles.given()) {
      throw CliFailure.invalid("no role given; name it with --role or --app-role APP=ROLE");
    }
    roles.check();
    OasisClient client = server.client(shell);
    String path = Kind.ACCOUNT.path(name).orElseThrow();
    Facts before = client.get(path);
    ObjectNode body = JsonText.object();
    roles.everywhere().ifPresent(role -> body.put("role", role));
    ObjectNode byApp = body.putObject("appRoles");
    roles.byApp(before.map("appRoles")).forEach(byApp::put);
    shell
        .terminal()
        .print(AccountText.line(client.patch(path, body), "was " + AccountText.roles(before)));
    return ExitCode.OK.number();
  }
}
