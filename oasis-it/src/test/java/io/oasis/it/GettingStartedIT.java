package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Checkout;
import io.oasis.it.harness.Cli;
import io.oasis.it.harness.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What docs/getting-started.md tells a reader to do is done here, word for word. */
class GettingStartedIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\n(.*?)```");
  private static final Pattern HERE_DOCUMENT = Pattern.compile("(?s)<<'END'\n(.*?)END\n");

  private static Platform platform;
  private static String guide;

  @BeforeAll
  static void start() throws IOException {
    guide = Files.readString(Checkout.path("docs/getting-started.md"));
    platform = Platform.start(GettingStartedIT.class);
    var script = HERE_DOCUMENT.matcher(guide);
    assertThat(script.find()).isTrue();
    platform.write("scripts/hello.sh", script.group(1)).toFile().setExecutable(true);
    platform.cli().call("apply", "-f", Checkout.path("docs/examples/app.yaml").toString()).ok();
    platform.startWorker("examples", platform.scripts());
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  @DisplayName("every command of the guide works, and the second apply says unchanged")
  void everyCommandWorks() {
    platform.write("hello.yaml", blocks("yaml").getFirst());
    var results = new ArrayList<Cli.Result>();

    for (var command : commands()) {
      results.add(platform.cli().call(command.split(" +")).ok());
    }

    assertThat(results).hasSizeGreaterThan(5);
    var applied = results.stream().filter(r -> r.command().startsWith("apply")).toList();
    assertThat(applied).hasSize(2);
    assertThat(applied.get(0).all()).contains("created");
    assertThat(applied.get(1).all()).contains("unchanged").doesNotContain("created");
    assertThat(results.getLast().all()).contains("hello from", "attempt 1", "SUCCEEDED");
  }

  @Test
  @DisplayName("the mistake that the guide shows is told as the guide shows it")
  void mistakeIsToldAsShown() {
    var wrong = blocks("yaml").getFirst().replace("Europe/Berlin", "Europe/Berln");
    platform.write("wrong/hello.yaml", wrong);

    var result = platform.cli().call("plan", "-f", "wrong/hello.yaml");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.all()).contains(blocks("").getFirst().strip());
  }

  /** The lines that start with bin/oasis and need no id of a run. */
  private static List<String> commands() {
    return blocks("sh").stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("bin/oasis "))
        .map(line -> line.replaceFirst("^bin/oasis ", "").replaceFirst(" *#.*", ""))
        .toList();
  }

  private static List<String> blocks(String language) {
    return BLOCK
        .matcher(guide)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }
}
