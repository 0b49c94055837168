package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.TestShell;
import io.oasis.manifest.schema.ManifestSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  @TempDir Path folder;

  @Test
  @DisplayName("schema prints the schema, or writes it to a file, without a server")
  void schema() throws IOException {
    Path file = folder.resolve("oasis.schema.json");
    TestShell shell = new TestShell(folder);

    TestShell.Result printed = shell.call("schema");
    TestShell.Result written = shell.call("schema", "-o", file.toString());

    assertThat(printed.out()).isEqualTo(ManifestSchema.text()).startsWith("{\n");
    assertThat(written.out()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(printed.out());
    assertThat(shell.call("schema", "-o", folder.resolve("no/where").toString()).exit())
        .isEqualTo(1);
  }
}
