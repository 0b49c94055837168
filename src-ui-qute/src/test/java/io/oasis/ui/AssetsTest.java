package io.oasis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.ui.row.JobBadge;
import io.oasis.ui.row.NodeBadge;
import io.oasis.ui.row.RunBadge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AssetsTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path FOLDER = RESOURCES.resolve("META-INF/resources/assets");

  @Test
  @DisplayName("the hash in the address covers every asset")
  void everyFileIsListed() {
    assertThat(Assets.FILES)
        .containsExactlyInAnyOrderElementsOf(
            files(FOLDER).map(f -> FOLDER.relativize(f).toString()).toList());
    assertThat(Assets.assets()).matches("/assets/v-[0-9a-f]{8}");
  }

  @Test
  @DisplayName("every state has an icon of its own, and every icon of a template exists")
  void icons() {
    String sprite = text(FOLDER.resolve("icons.svg"));
    List<String> states =
        Stream.of(
                Arrays.stream(RunBadge.values()).map(RunBadge::css),
                Arrays.stream(JobBadge.values()).map(JobBadge::css),
                Arrays.stream(NodeBadge.values()).map(NodeBadge::css))
            .flatMap(s -> s)
            .toList();
    List<String> used =
        files(RESOURCES.resolve("templates"))
            .flatMap(f -> Pattern.compile("#icon '([a-z-]+)'").matcher(text(f)).results())
            .map((MatchResult found) -> found.group(1))
            .toList();

    assertThat(used).isNotEmpty();
    assertThat(Stream.concat(states.stream(), used.stream()))
        .allSatisfy(icon -> assertThat(sprite).contains("<symbol id=\"" + icon + "\""));
  }

  @Test
  @DisplayName("no template has inline script, inline style or an address of another site")
  void nothingInline() {
    assertThat(files(RESOURCES.resolve("templates")))
        .allSatisfy(
            file ->
                assertThat(text(file))
                    .as(file.toString())
                    // A mail has no style sheet beside it, and no policy that forbids its own.
                    .satisfies(
                        text -> {
                          if (!file.getParent().endsWith("mail")) {
                            assertThat(text).doesNotContain(" style=\"");
                          }
                        })
                    .doesNotContain("<style", "javascript:", "http://", "https://")
                    .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
                    .doesNotContainPattern("\\son[a-z]+=\""));
  }

  @Test
  @DisplayName("every form that changes something carries the form token")
  void formsCarryTokens() {
    Pattern form = Pattern.compile("<form[^>]*method=\"post\".*?</form>", Pattern.DOTALL);
    List<String> forms =
        files(RESOURCES.resolve("templates"))
            .flatMap(file -> form.matcher(text(file)).results())
            .map(MatchResult::group)
            .toList();

    assertThat(forms).hasSizeGreaterThan(5);
    assertThat(forms).allSatisfy(text -> assertThat(text).contains("{#csrf "));
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
