package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Compares the promises of {@code docs/semantics.md} with the ids in the names of the tests of all
 * modules. Reads sources only; nothing is started.
 */
class SemanticsTest {
  /** How many promises each group has; a row that disappears is a broken promise. */
  private static final Map<String, Integer> GROUPS =
      Map.of("TM", 10, "CU", 12, "FN", 12, "BK", 11, "KL", 8, "RT", 6, "GO", 12, "LG", 10);

  private static final String PAGE = "docs/semantics.md";
  private static final String MARK = "**Not yet.**";
  private static final String ID = "(?:TM|CU|FN|BK|KL|RT|GO|LG)[0-9]+";
  private static final Pattern ROW = Pattern.compile("^\\| (" + ID + ") \\| (.+) \\|$");
  private static final Pattern ID_IN_NAME = Pattern.compile("\\b" + ID + "\\b");

  /** Not the annotations inside of comments: their line starts with a star. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?m)^\\s*@(?:DisplayName|Label|ParameterizedTest|RepeatedTest|TestFactory)\\s*\\(");

  /** Promise by id; in the order of the page. */
  private static final Map<String, String> PROMISES = new TreeMap<>(inOrder());

  /** The files whose test names have an id. */
  private static final Map<String, Set<String>> TESTS = new TreeMap<>(inOrder());

  @BeforeAll
  static void read() {
    for (String line : text(Checkout.root().resolve(PAGE)).split("\n", -1)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        PROMISES.put(row.group(1), row.group(2));
      }
    }
    for (Path source : testSources()) {
      for (String name : names(text(source))) {
        var id = ID_IN_NAME.matcher(name);
        while (id.find()) {
          TESTS
              .computeIfAbsent(id.group(), any -> new TreeSet<>())
              .add(String.valueOf(source.getFileName()));
        }
      }
    }
  }

  @Test
  @DisplayName("The page has every promise of every group, numbered from 1")
  void pageIsWhole() {
    var expected = new TreeSet<>(inOrder());
    GROUPS.forEach(
        (group, count) -> {
          for (int number = 1; number <= count; number++) {
            expected.add(group + number);
          }
        });

    assertThat(PROMISES.keySet()).containsExactlyElementsOf(expected);
  }

  @Test
  @DisplayName("Every promise that is not marked as open stands in the name of a test")
  void everyPromiseIsTested() {
    var untested = new TreeSet<>(inOrder());
    untested.addAll(PROMISES.keySet());
    untested.removeAll(open());
    untested.removeAll(TESTS.keySet());

    assertThat(untested).as("promises without a test that has their id in its name").isEmpty();
  }

  @Test
  @DisplayName("No promise is marked as open although a test has its id")
  void marksAreTrue() {
    var tested = new TreeSet<>(open());
    tested.retainAll(TESTS.keySet());

    assertThat(tested).as("take the mark %s of these out of %s", MARK, PAGE).isEmpty();
  }

  @Test
  @DisplayName("No test names a promise that does not exist")
  void idsOfTestsExist() {
    var unknown = new TreeSet<>(TESTS.keySet());
    unknown.removeAll(PROMISES.keySet());

    assertThat(unknown).as("ids in the names of tests that %s does not have", PAGE).isEmpty();
  }

  /** The promises that are marked as open. */
  private static Set<String> open() {
    return PROMISES.entrySet().stream()
        .filter(promise -> promise.getValue().startsWith(MARK))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static List<Path> testSources() {
    var found = new ArrayList<Path>();
    try (var modules = Files.list(Checkout.root())) {
      for (Path module : modules.filter(Files::isDirectory).toList()) {
        if (String.valueOf(module.getFileName()).startsWith("oasis-")) {
          try (var files = Files.walk(module)) {
            files
                .filter(f -> f.toString().endsWith(".java"))
                .filter(f -> f.toString().contains("/src/test/"))
                .forEach(found::add);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** The texts of all annotations that give a test its name, string literals joined. */
  private static List<String> names(String source) {
    var names = new ArrayList<String>();
    var annotation = NAMED.matcher(source);
    while (annotation.find()) {
      names.add(literals(source, annotation.end()));
    }
    return names;
  }

  /** The contents of the string literals from there to the bracket that closes. */
  private static String literals(String source, int from) {
    var text = new StringBuilder();
    boolean quoted = false;
    int depth = 1;
    for (int i = from; i < source.length() && depth > 0; i++) {
      char c = source.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted) {
        text.append(c);
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
    }
    return text.toString();
  }

  /** By group, then by number. */
  private static Comparator<String> inOrder() {
    return Comparator.comparing((String id) -> id.substring(0, 2))
        .thenComparingInt(id -> Integer.parseInt(id.substring(2)));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
