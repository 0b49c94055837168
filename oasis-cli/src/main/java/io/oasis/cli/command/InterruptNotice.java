package io.oasis.cli.command;

import io.oasis.cli.Shell;

/** While open, Ctrl-C says that the run goes on without us, and how to find it again. */
final class InterruptNotice implements AutoCloseable {
  private final Thread hook;

  private InterruptNotice(Thread hook) {
    this.hook = hook;
  }

  /** Opens it for a run. */
  static InterruptNotice of(Shell shell, String run) {
    Thread hook =
        new Thread(
            () ->
                shell
                    .terminal()
                    .say("run %s goes on; see it with: oasis logs %s -f".formatted(run, run)));
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptNotice(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is being stopped already: the notice is on its way.
      Thread.currentThread().interrupt();
    }
  }
}
