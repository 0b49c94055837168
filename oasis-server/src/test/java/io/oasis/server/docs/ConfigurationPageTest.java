package io.oasis.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Path MODULE = Path.of(".");
  private static final String BEGIN =
      "<!-- made from the server's config mappings: -Doasis.golden=write -->\n";
  private static final String END = "<!-- end of what is made -->\n";
  private static final Pattern VARIABLE = Pattern.compile("\\bOASIS_[A-Z]+(?:_[A-Z]+)*\\b");

  @Test
  @DisplayName(
      "docs/configuration.md lists the settings as the config mappings have them; -Doasis.golden=write"
          + " writes it anew")
  void fresh() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + "\n"
            + new Settings(MODULE).markdown()
            + "\n"
            + page.substring(page.indexOf(END));
    if ("write".equals(System.getProperty("oasis.golden"))) {
      Files.writeString(PAGE, wanted);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(wanted);
  }

  @Test
  @DisplayName("every setting says what it is")
  void documented() {
    assertThat(new Settings(MODULE).markdown().lines().filter(line -> line.startsWith("| `")))
        .hasSizeGreaterThan(50)
        .allSatisfy(line -> assertThat(line).containsPattern("\\| [^|]+[.)`] \\|$"));
  }

  @Test
  @DisplayName("every variable that the server reads is in docs/configuration.md")
  void allVariables() throws IOException {
    Set<String> read = new TreeSet<>();
    try (Stream<Path> files = Files.walk(MODULE.resolve("src/main"))) {
      files
          .filter(f -> f.toString().endsWith(".java") || f.endsWith("application.properties"))
          .map(ConfigurationPageTest::text)
          .forEach(
              text -> {
                Matcher variable = VARIABLE.matcher(text);
                while (variable.find()) {
                  read.add(variable.group());
                }
              });
    }

    assertThat(read).hasSizeGreaterThan(20);
    String page = Files.readString(PAGE);
    assertThat(read).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
