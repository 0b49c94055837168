package io.oasis.server.alarm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages that mails are written in. */
public enum Language {
  EN("en"),
  ZH_CN("zh-CN");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /** As manifests and settings write it. */
  public String tag() {
    return tag;
  }

  /** For templates. */
  public Locale locale() {
    return Locale.forLanguageTag(tag);
  }

  /** Reads {@link #tag()}; empty for anything else. */
  public static Optional<Language> parse(String tag) {
    return Arrays.stream(values()).filter(l -> l.tag.equalsIgnoreCase(tag.strip())).findFirst();
  }
}
