package io.oasis.cli.options;

import io.oasis.cli.client.Progress;
import io.oasis.cli.output.Terminal;

/** Shows on a terminal how long the server has been thinking. */
final class TerminalProgress implements Progress {
  private final Terminal terminal;
  private boolean shown;

  TerminalProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void waiting(int seconds) {
    terminal.showProgress("waiting for the server, %d s".formatted(seconds));
    shown = true;
  }

  @Override
  public void done() {
    if (shown) {
      terminal.endProgress();
      shown = false;
    }
  }
}
