package io.oasis.server.secret;

import io.oasis.manifest.FieldChange;
import io.oasis.manifest.SecretRef;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides plain values of params whose names say that they are secrets: people see {@code
 * secret:1a2b3c4d}, which is the same for the same value. The mark is a keyed hash, so that a
 * guessed value cannot be tried against it. References to secrets are not hidden: they say nothing.
 */
public final class SecretMarks {
  private static final String PREFIX = "secret:";
  private static final Pattern MARK = Pattern.compile("secret:[0-9a-f]{8}");
  private static final String PARAMS = "params";

  /** The end of the path of a reference's name. */
  private static final String REFERENCE = ".secretRef";

  private static final int MARK_BYTES = 4;

  private final SecretKeySpec key;

  /**
   * Marks with a key.
   *
   * @param key random, the same for the whole installation
   */
  public SecretMarks(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** The param's value as people may see it. */
  public String hide(String param, String value) {
    boolean open =
        value == null
            || !SecretRef.isSecretName(param)
            || SecretRef.nameIn(value).isPresent()
            || isMark(param, value);
    return open ? value : mark(value);
  }

  /** Params as people may see them, in their order. */
  public Map<String, String> hide(Map<String, String> params) {
    Map<String, String> hidden = new LinkedHashMap<>();
    params.forEach((name, value) -> hidden.put(name, hide(name, value)));
    return hidden;
  }

  /**
   * The normal form of a spec as people may see it, or a part of it, or fields of it under paths
   * such as {@code params.password}.
   */
  public Map<String, Object> hideForm(Map<String, Object> form) {
    Map<String, Object> hidden = new LinkedHashMap<>();
    form.forEach((name, value) -> hidden.put(name, hideField(name, value)));
    return hidden;
  }

  private Object hideField(String name, Object value) {
    if (name.equals(PARAMS) && value instanceof Map<?, ?> params) {
      Map<String, Object> hidden = new TreeMap<>();
      params.forEach((param, v) -> hidden.put(param.toString(), hideText(param.toString(), v)));
      return hidden;
    }
    return name.startsWith(PARAMS + ".") && !name.endsWith(REFERENCE)
        ? hideText(name.substring(PARAMS.length() + 1), value)
        : value;
  }

  private Object hideText(String param, Object value) {
    return value instanceof String text ? hide(param, text) : value;
  }

  /** Changes as people may see them. */
  public List<FieldChange> hide(List<FieldChange> changes) {
    return changes.stream().map(this::hide).toList();
  }

  private FieldChange hide(FieldChange change) {
    if (!change.path().startsWith(PARAMS + ".") || change.path().endsWith(REFERENCE)) {
      return change;
    }
    String param = change.path().substring(PARAMS.length() + 1);
    return new FieldChange(
        change.path(), hide(param, change.before()), hide(param, change.after()));
  }

  /**
   * Params in which the marks of an exported manifest are the values that they stand for again. A
   * mark of any other value stays a mark: see {@link #isMark}.
   *
   * @param known the params that the job has
   */
  public Map<String, String> restore(Map<String, String> params, Map<String, String> known) {
    Map<String, String> restored = new TreeMap<>();
    params.forEach(
        (name, value) -> {
          String old = known.get(name);
          boolean same = isMark(name, value) && old != null && mark(old).equals(value);
          restored.put(name, same ? old : value);
        });
    return restored;
  }

  /** Whether a param's value is a mark and no value. */
  public static boolean isMark(String param, String value) {
    return SecretRef.isSecretName(param) && MARK.matcher(value).matches();
  }

  private String mark(String value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] hash = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(hash, 0, MARK_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
