package io.oasis.worker.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.executor.NonRetryableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedScriptsTest {
  @TempDir Path temp;
  private Path allowed;
  private AllowedScripts scripts;

  @BeforeEach
  void makeFolders() throws IOException {
    temp = temp.toRealPath();
    allowed = Files.createDirectories(temp.resolve("allowed/sub")).getParent();
    Files.createDirectories(temp.resolve("allowed-not"));
    Files.writeString(allowed.resolve("ok.sh"), "");
    Files.writeString(allowed.resolve("sub/deep.sh"), "");
    Files.writeString(temp.resolve("outside.sh"), "");
    Files.writeString(temp.resolve("allowed-not/near.sh"), "");
    Files.createSymbolicLink(allowed.resolve("out.sh"), temp.resolve("outside.sh"));
    Files.createSymbolicLink(allowed.resolve("outdir"), temp.resolve("allowed-not"));
    Files.createSymbolicLink(allowed.resolve("in.sh"), allowed.resolve("sub/deep.sh"));
    scripts = AllowedScripts.of(List.of(allowed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ok.sh", "sub/deep.sh", "sub/../ok.sh", "in.sh"})
  @DisplayName("A file below the folder is found, also through a link that stays inside")
  void fileBelowTheFolderIsFound(String asked) {
    assertThat(scripts.resolve(asked)).startsWith(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside.sh", "out.sh", "outdir/near.sh", "../allowed-not/near.sh"})
  @DisplayName("Neither dots nor links lead out of the folder")
  void nothingLeadsOutOfTheFolder(String asked) {
    assertThatThrownBy(() -> scripts.resolve(asked))
        .isInstanceOf(NonRetryableException.class)
        .hasMessageContaining("is not allowed on this worker; it allows " + allowed);
  }

  @Test
  @DisplayName("An absolute path outside is refused, the shell included")
  void absolutePathOutsideIsRefused() {
    assertThatThrownBy(() -> scripts.resolve("/bin/sh")).hasMessageContaining("is not allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none.sh", "sub", "\0"})
  @DisplayName("What is no file is named")
  void whatIsNoFileIsNamed(String asked) {
    assertThatThrownBy(() -> scripts.resolve(asked))
        .isInstanceOf(NonRetryableException.class)
        .hasMessageStartingWith("params.script");
  }

  @Test
  @DisplayName("A single allowed file is found by its name, its neighbours are not")
  void singleFileIsFoundByName() {
    AllowedScripts one = AllowedScripts.of(List.of(allowed.resolve("ok.sh")));

    assertThat(one.resolve("ok.sh")).isEqualTo(allowed.resolve("ok.sh"));
    assertThatThrownBy(() -> one.resolve(allowed.resolve("sub/deep.sh").toString()))
        .hasMessageContaining("is not allowed");
  }

  @Test
  @DisplayName("A flag that names nothing is an error at start")
  void flagThatNamesNothingIsAnError() {
    assertThatThrownBy(() -> AllowedScripts.of(List.of(temp.resolve("none"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no such file or folder");
  }
}
