package io.oasis.cli.input;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A secret on standard input. */
public final class SecretInput {
  private static final int LONGEST = 4096;

  private SecretInput() {}

  /** Its first line; empty when there is none. Never more than a secret can be is read. */
  public static String line(InputStream in) {
    return lines(in).stream().findFirst().orElse("");
  }

  /** Its lines, for secrets that belong together. */
  public static List<String> lines(InputStream in) {
    try {
      byte[] bytes = in.readNBytes(LONGEST);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new CliFailure(ExitCode.ERROR, "cannot read standard input", List.of(), e);
    }
  }
}
