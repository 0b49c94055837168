package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.options.CommonOptions;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Prints a completion script. */
@Command(
    name = "completion",
    description = "Print a script that completes commands and flags in your shell.",
    footer = {
      "",
      "Examples:",
      "  source <(oasis completion bash)",
      "  oasis completion zsh > ~/.oasis-completion && source ~/.oasis-completion",
      "  oasis completion fish > ~/.config/fish/completions/oasis.fish"
    })
public final class CompletionCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SHELL", description = "One of: bash, zsh, fish.")
  String name;

  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public CompletionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    switch (name.toLowerCase(Locale.ROOT)) {
      // One script serves both: it switches zsh to its emulation of bash completion by itself.
      case "bash", "zsh" -> shell.terminal().out().print(AutoComplete.bash("oasis", whole()));
      case "fish" -> shell.terminal().out().print(FishCompletion.script(whole()));
      default ->
          throw CliFailure.invalid(
              "no completion for \"%s\"; there is one for: bash, zsh, fish".formatted(name));
    }
    return ExitCode.OK.number();
  }

  /** Only this command was made for this call; the script is about all of them. */
  private CommandLine whole() {
    CommandLine root = new CommandLine(CommandSpec.create().name("oasis"));
    Verbs.addTo(root, shell);
    return root;
  }
}
