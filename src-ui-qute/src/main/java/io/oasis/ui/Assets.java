package io.oasis.ui;

import io.quarkus.qute.TemplateGlobal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The addresses of styles, scripts and icons. Browsers keep them for long, so their address holds a
 * hash of their content: {@code /assets/v-1f3a9c2e/console.css}. The server strips that part.
 */
public final class Assets {
  /** Where they lie, on the class path below {@code META-INF/resources} as well. */
  public static final String FOLDER = "/assets";

  /** Marks the part of the address that holds the hash. */
  public static final String VERSION_MARK = "v-";

  /** Every file whose change has to change the address. A test compares it with the folder. */
  static final List<String> FILES =
      List.of(
          "dashboard.css",
          "forms.css",
          "frame.css",
          "icon.svg",
          "icons.svg",
          "js/bulk.js",
          "js/charts.js",
          "js/connection.js",
          "js/console.js",
          "js/filters.js",
          "js/keys.js",
          "js/live.js",
          "js/log.js",
          "js/stream.js",
          "js/times.js",
          "js/zone.js",
          "marks.css",
          "narrow.css",
          "pages.css",
          "parts.css",
          "run.css",
          "tokens.css");

  private static final String BASE = FOLDER + "/" + VERSION_MARK + hash();

  private Assets() {}

  /** Where templates find the assets; without a slash at its end. */
  @TemplateGlobal
  public static String assets() {
    return BASE;
  }

  private static String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : FILES) {
        try (InputStream content =
            Assets.class.getResourceAsStream("/META-INF/resources" + FOLDER + "/" + file)) {
          if (content == null) {
            throw new IllegalStateException("the asset " + file + " is missing");
          }
          digest.update(content.readAllBytes());
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 4);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
