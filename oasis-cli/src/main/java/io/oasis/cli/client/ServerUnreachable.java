package io.oasis.cli.client;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import java.util.List;

/** No whole answer came. Asking again later may help; a command that follows something does. */
public final class ServerUnreachable extends CliFailure {
  private static final long serialVersionUID = 1L;

  /** The line names the server and the cause. */
  public ServerUnreachable(String line, Throwable cause) {
    super(ExitCode.ERROR, line, List.of(), cause);
  }
}
