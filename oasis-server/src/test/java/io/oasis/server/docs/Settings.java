package io.oasis.server.docs;

import io.oasis.server.alarm.Language;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of the server as tables, made from its config mappings and their comments. */
final class Settings {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(OASIS_[A-Z_]+):.*");

  /** In the order of reading; what is not named here comes last. */
  private static final List<String> ORDER =
      List.of(
          "oasis.identity",
          "oasis.apply",
          "oasis.mail",
          "oasis.alarm",
          "oasis.webhook",
          "oasis.oidc",
          "oasis.console",
          "oasis.maintenance",
          "oasis.log",
          "oasis.dispatch",
          "oasis.channel",
          "oasis.lease");

  private final Path sources;
  private final Map<String, String> variables;

  /** One row. */
  private record Setting(String variable, String type, String preset, String text) {
    Setting with(String more) {
      return new Setting(variable, type, preset, text + " " + more);
    }

    String row() {
      return "| `%s` | %s | %s | %s |".formatted(variable, type, preset, text);
    }
  }

  /**
   * Settings of a module.
   *
   * @param module its folder
   */
  Settings(Path module) {
    this.sources = module.resolve("src/main/java");
    this.variables = variables(module.resolve("src/main/resources/application.properties"));
  }

  /** The tables, one a mapping. A variable that several mappings read stands once. */
  String markdown() {
    Map<String, Setting> rows = new LinkedHashMap<>();
    Map<String, List<String>> tables = new LinkedHashMap<>();
    for (Class<?> mapping : mappings()) {
      SourceDocs docs = SourceDocs.of(source(mapping));
      List<String> names = tables.computeIfAbsent(docs.ofType(), title -> new ArrayList<>());
      for (String method : inSourceOrder(mapping)) {
        Setting setting = setting(mapping, method, docs);
        if (rows.containsKey(setting.variable())) {
          rows.computeIfPresent(setting.variable(), (name, row) -> row.with(setting.text()));
        } else {
          rows.put(setting.variable(), setting);
          names.add(setting.variable());
        }
      }
    }
    StringBuilder page = new StringBuilder();
    tables.forEach(
        (title, names) -> {
          if (!names.isEmpty()) {
            page.append("### ").append(heading(title)).append("\n\n");
            page.append("| variable | type | default | what it is |\n|---|---|---|---|\n");
            names.forEach(name -> page.append(rows.get(name).row()).append('\n'));
            page.append('\n');
          }
        });
    return page.toString().stripTrailing() + "\n";
  }

  private Setting setting(Class<?> mapping, String name, SourceDocs docs) {
    Method method =
        Arrays.stream(mapping.getMethods())
            .filter(m -> m.getName().equals(name) && !m.isBridge())
            .findFirst()
            .orElseThrow();
    String property = mapping.getAnnotation(ConfigMapping.class).prefix() + "." + kebab(name);
    WithDefault preset = method.getAnnotation(WithDefault.class);
    return new Setting(
        variables.getOrDefault(
            property, property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")),
        type(method),
        preset == null ? "none" : "`" + preset.value() + "`",
        docs.ofMethods().getOrDefault(name, ""));
  }

  private static String type(Method method) {
    Type declared = method.getGenericReturnType();
    Type type =
        declared instanceof ParameterizedType optional
            ? optional.getActualTypeArguments()[0]
            : declared;
    if (type == Duration.class) {
      return "duration";
    }
    if (type == ZoneId.class) {
      return "time zone";
    }
    if (type == URI.class) {
      return "address";
    }
    if (type == int.class || type == long.class || type == OptionalInt.class) {
      return "number" + range(method);
    }
    if (type instanceof Class<?> words && words.isEnum()) {
      return Stream.of(words.getEnumConstants())
          .map(word -> "`" + word(word) + "`")
          .collect(Collectors.joining(", "));
    }
    return "text";
  }

  private static String word(Object constant) {
    return constant instanceof Language language
        ? language.tag()
        : constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String range(Method method) {
    Min min = method.getAnnotation(Min.class);
    Max max = method.getAnnotation(Max.class);
    if (min == null) {
      return "";
    }
    return max == null ? ", at least " + min.value() : ", " + min.value() + " to " + max.value();
  }

  private List<Class<?>> mappings() {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith("Config.java"))
          .<Class<?>>map(this::load)
          .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
          .sorted(
              (a, b) -> {
                int first = Integer.compare(place(a), place(b));
                return first != 0 ? first : a.getName().compareTo(b.getName());
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int place(Class<?> mapping) {
    int place = ORDER.indexOf(mapping.getAnnotation(ConfigMapping.class).prefix());
    return place < 0 ? ORDER.size() : place;
  }

  private Class<?> load(Path source) {
    String path = sources.relativize(source).toString();
    try {
      return Class.forName(
          path.substring(0, path.length() - ".java".length()).replaceAll("[/\\\\]", "."));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(path, e);
    }
  }

  private Path source(Class<?> mapping) {
    return sources.resolve(mapping.getName().replace('.', '/') + ".java");
  }

  /** Reflection has methods in no order that can be relied on. */
  private List<String> inSourceOrder(Class<?> mapping) {
    String text;
    try {
      text = Files.readString(source(mapping));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.stream(mapping.getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && !method.isDefault())
        .map(Method::getName)
        .sorted(
            (a, b) -> Integer.compare(text.indexOf(" " + a + "();"), text.indexOf(" " + b + "();")))
        .toList();
  }

  /** {@code Settings of run logs.} is headed {@code Run logs}. */
  private static String heading(String title) {
    String bare = title.replaceFirst("\\.$", "").replaceFirst("^Settings of (the )?", "");
    return Character.toUpperCase(bare.charAt(0)) + bare.substring(1);
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** The variables that have a shorter name than their property, by property. */
  private static Map<String, String> variables(Path file) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> variables = new LinkedHashMap<>();
    properties.forEach(
        (name, value) -> {
          Matcher variable = VARIABLE.matcher(value.toString());
          if (variable.matches()) {
            variables.put(name.toString(), variable.group(1));
          }
        });
    return variables;
  }
}
