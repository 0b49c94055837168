package io.oasis.cli;

import io.oasis.cli.harness.FakeServer;
import io.oasis.cli.harness.TestShell;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A shell in an empty folder, signed in to a server that answers what a test tells it. */
abstract class ShellWithServer {
  @TempDir Path folder;

  FakeServer server;
  TestShell shell;

  @BeforeEach
  void startServer() {
    server = new FakeServer();
    shell = new TestShell(folder, server);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }
}
