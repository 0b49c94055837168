package io.oasis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private static final Map<String, Class<?>> BUNDLES =
      Map.of(
          "msg", ConsoleMessages.class,
          "job", JobMessages.class,
          "edit", EditMessages.class,
          "people", PeopleMessages.class,
          "apps", AppMessages.class,
          "say", Sentences.class,
          "word", Words.class,
          "mail", MailMessages.class,
          "problem", ProblemMessages.class,
          "remark", RemarkMessages.class);
  private static final Pattern PARAMETER = Pattern.compile("[{<](\\w+)[}>]");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "msg", "job", "edit", "people", "apps", "say", "word", "mail", "problem", "remark"
      })
  @DisplayName("both languages have the same keys, and none is empty")
  void sameKeys(String bundle) {
    Properties english = texts(bundle, "en");
    Properties chinese = texts(bundle, "zh-CN");

    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    assertThat(chinese.values()).allSatisfy(text -> assertThat((String) text).isNotBlank());
    assertThat(english.values()).allSatisfy(text -> assertThat((String) text).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "msg", "job", "edit", "people", "apps", "say", "word", "mail", "problem", "remark"
      })
  @DisplayName("both languages say the same values")
  void sameParameters(String bundle) {
    Properties english = texts(bundle, "en");
    Properties chinese = texts(bundle, "zh-CN");

    assertThat(english.stringPropertyNames())
        .allSatisfy(
            key ->
                assertThat(parameters(chinese.getProperty(key)))
                    .as(key)
                    .isEqualTo(parameters(english.getProperty(key))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "msg", "job", "edit", "people", "apps", "say", "word", "mail", "problem", "remark"
      })
  @DisplayName("every text belongs to a method, so that none is left behind")
  void noOrphans(String bundle) {
    Set<String> known =
        Arrays.stream(BUNDLES.get(bundle).getMethods())
            .flatMap(MessagesTest::keys)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(new TreeSet<>(texts(bundle, "en").stringPropertyNames())).isEqualTo(known);
  }

  @Test
  @DisplayName("times count down the same four steps in both languages")
  void relativeTimes() {
    for (String language : new String[] {"en", "zh-CN"}) {
      for (String key : new String[] {"relativePast", "relativeFuture"}) {
        assertThat(texts("msg", language).getProperty(key).split("\\|", -1))
            .hasSize(4)
            .allSatisfy(step -> assertThat(step).containsOnlyOnce("#"));
      }
    }
  }

  @Test
  @DisplayName("no text shouts")
  void noExclamationMarks() {
    for (String bundle : BUNDLES.keySet()) {
      for (String language : new String[] {"en", "zh-CN"}) {
        assertThat(texts(bundle, language).values())
            .allSatisfy(text -> assertThat((String) text).doesNotContain("!", "！"));
      }
    }
  }

  /** A method that takes a constant has a text for each of its constants. */
  private static Stream<String> keys(Method method) {
    boolean takesConstant =
        method.getParameterCount() == 1 && method.getParameterTypes()[0].isEnum();
    if (!takesConstant) {
      return Stream.of(method.getName());
    }
    Object[] constants = method.getParameterTypes()[0].getEnumConstants();
    boolean underscores = Arrays.stream(constants).anyMatch(c -> c.toString().contains("_"));
    return Arrays.stream(constants)
        .map(constant -> method.getName() + (underscores ? "_$" : "_") + constant);
  }

  private static Set<String> parameters(String text) {
    Matcher matcher = PARAMETER.matcher(text);
    Set<String> names = new TreeSet<>();
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static Properties texts(String bundle, String language) {
    String file = "/messages/" + bundle + "_" + language + ".properties";
    try (InputStream stream = MessagesTest.class.getResourceAsStream(file);
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      Properties texts = new Properties();
      texts.load(reader);
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
