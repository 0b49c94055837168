package io.oasis.executor.internal;

import io.oasis.executor.NonRetryableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The secrets of this process, by name: a file of that name in the folder {@code
 * OASIS_SECRETS_DIR}, or else the environment variable {@code OASIS_SECRET_NAME}. Jobs can refer to
 * nothing else of the process's surroundings.
 */
public final class Secrets {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final String FOLDER = "OASIS_SECRETS_DIR";
  private static final String PREFIX = "OASIS_SECRET_";
  private static final int LONGEST = 65_536;

  private final Map<String, String> environment;

  /** Secrets as an environment has them. */
  public Secrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The params of a run with the values of its secrets.
   *
   * @param params plain ones
   * @param names of secrets, by param
   * @throws NonRetryableException when one is not there; the message names it, never a value
   */
  Map<String, String> resolve(Map<String, String> params, Map<String, String> names) {
    if (names.isEmpty()) {
      return params;
    }
    Map<String, String> all = new HashMap<>(params);
    names.forEach((param, name) -> all.put(param, value(param, name)));
    return Map.copyOf(all);
  }

  private String value(String param, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new NonRetryableException("params." + param + " refers to no name of a secret");
    }
    String folder = environment.getOrDefault(FOLDER, "").strip();
    Path file = folder.isEmpty() ? null : Path.of(folder).resolve(name);
    if (file != null && Files.isRegularFile(file)) {
      return read(param, name, file);
    }
    String variable = PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String value = environment.get(variable);
    if (value == null) {
      throw new NonRetryableException(
          "params."
              + param
              + ": there is no secret "
              + name
              + " on this node; put a file of that name into "
              + FOLDER
              + ", or set "
              + variable);
    }
    return value;
  }

  /** Without the line end that editors add. */
  private static String read(String param, String name, Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new NonRetryableException(
            "params." + param + ": the secret " + name + " is larger than 64 KB");
      }
      return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
    } catch (IOException e) {
      throw new NonRetryableException(
          "params." + param + ": the secret " + name + " cannot be read on this node");
    }
  }
}
