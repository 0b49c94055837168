package io.oasis.manifest;

import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.phrase.Saying;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Parameters whose values must not be seen. A manifest names a secret ({@code password: {secretRef:
 * db-password}}); its value is known to executors only. Among the params of a spec the reference is
 * the text {@code secretRef:db-password}, which no plain value may begin with.
 */
public final class SecretRef {
  /** The field of a manifest, and what the text of a reference begins with. */
  static final String FIELD = "secretRef";

  private static final String PREFIX = FIELD + ":";
  private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");
  private static final Set<String> SECRET_WORDS =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "secret",
          "token",
          "credential",
          "credentials",
          "apikey");
  private static final Set<String> KEYS = Set.of("api", "private", "access", "secret", "signing");

  private SecretRef() {}

  /** The text that stands for a secret among the params of a spec. */
  public static String text(String name) {
    return PREFIX + name;
  }

  /** The name of the secret that a param refers to; empty for a plain value. */
  public static Optional<String> nameIn(String param) {
    return param.startsWith(PREFIX)
        ? Optional.of(param.substring(PREFIX.length()))
        : Optional.empty();
  }

  /**
   * Whether a param's plain value is better not shown, because of the param's name: a word of it is
   * password, passwd, pwd, passphrase, secret, token, credential or apikey, or it ends in a key
   * that opens something, such as {@code accessKey} or {@code private-key}.
   */
  public static boolean isSecretName(String param) {
    List<String> words = List.of(WORDS.split(param, -1));
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).toLowerCase(Locale.ROOT);
      boolean key =
          i > 0 && word.equals("key") && KEYS.contains(words.get(i - 1).toLowerCase(Locale.ROOT));
      if (key || SECRET_WORDS.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Params as a manifest writes them, sorted by name. */
  static Map<String, Object> form(Map<String, String> params) {
    Map<String, Object> form = new TreeMap<>();
    params.forEach(
        (name, value) ->
            form.put(
                name, nameIn(value).<Object>map(secret -> Map.of(FIELD, secret)).orElse(value)));
    return form;
  }

  /** Reads a param: a reference, or else what the given reader reads. */
  static ValueReader<String> orText(ValueReader<String> plain) {
    return (value, path, problems) ->
        value instanceof Fields fields
            ? reference(fields, path, problems)
            : plainOnly(plain, value, path, problems);
  }

  private static Optional<String> reference(Fields mapping, String path, ProblemSink problems) {
    FieldReader fields = new FieldReader(mapping, path, problems);
    if (!fields.has(FIELD)) {
      problems.add(
          mapping.mark(),
          path,
          Saying.TEXT_OR_SECRET.of(),
          Saying.WRITE_TEXT_OR.of("{secretRef: db-password}"));
      return Optional.empty();
    }
    Optional<String> name = fields.read(FIELD, Values.slug());
    fields.close();
    return name.map(SecretRef::text);
  }

  private static Optional<String> plainOnly(
      ValueReader<String> plain, YamlValue value, String path, ProblemSink problems) {
    Optional<String> text = plain.read(value, path, problems);
    if (text.isPresent() && nameIn(text.get()).isPresent()) {
      problems.add(
          value.mark(),
          path,
          Saying.LIKE_A_SECRET.of(PREFIX),
          Saying.WRITE.of("{secretRef: " + Values.shown(nameIn(text.get()).get().strip()) + "}"));
    }
    return text;
  }
}
