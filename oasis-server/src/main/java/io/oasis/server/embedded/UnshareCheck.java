package io.oasis.server.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether PostgreSQL has to be started by way of {@code unshare} and can be: it refuses to run as
 * root, and {@code unshare -U} makes root nobody in particular.
 */
final class UnshareCheck {
  private static final Path SELF = Path.of("/proc/self");

  private UnshareCheck() {}

  static boolean isNeededAndWorks() {
    try {
      return isRoot()
          && output("unshare", "-U", "id", "-u").filter(id -> !id.equals("0")).isPresent()
          && output("unshare", "-U", "id", "-un").isPresent();
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isRoot() throws IOException {
    return Files.exists(SELF) && Integer.valueOf(0).equals(Files.getAttribute(SELF, "unix:uid"));
  }

  /** What the program prints; empty when it fails. */
  private static Optional<String> output(String... program)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(program)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(text.strip()) : Optional.empty();
  }
}
