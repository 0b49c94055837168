package io.oasis.cli.command;

import io.oasis.cli.Shell;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.OasisClient;
import java.util.List;

/** Switches accounts on and off. */
final class AccountSwitch {
  private AccountSwitch() {}

  static void set(Shell shell, OasisClient client, List<String> names, boolean disabled) {
    for (String name : names) {
      client.patch(
          Kind.ACCOUNT.path(name).orElseThrow(), JsonText.object().put("disabled", disabled));
      shell.terminal().print("account %s  %s".formatted(name, disabled ? "disabled" : "enabled"));
    }
  }
}
