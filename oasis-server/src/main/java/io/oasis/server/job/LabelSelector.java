package io.oasis.server.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses jobs by their labels. Every part must hold; an empty selector chooses all jobs.
 *
 * @param parts in the order in which they were written
 */
public record LabelSelector(List<Part> parts) {
  /** Chooses every job. */
  public static final LabelSelector ALL = new LabelSelector(List.of());

  private static final String KEY = "[A-Za-z0-9][A-Za-z0-9._/-]*";
  private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");
  private static final Pattern EQUALITY =
      Pattern.compile("(" + KEY + ")\\s*(==|=|!=)\\s*([^()!=]*)");
  private static final Pattern SET =
      Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*(" + KEY + ")");

  /** Copies the parts. */
  public LabelSelector {
    parts = List.copyOf(parts);
  }

  /**
   * A condition on one label.
   *
   * @param key of the label
   * @param values one of which the label must have; empty: the label must be there, whatever its
   *     value
   * @param negated true when the opposite must hold; a job without the label then is chosen
   */
  public record Part(String key, Optional<List<String>> values, boolean negated) {
    boolean isExact() {
      return !negated && values.isPresent() && values.get().size() == 1;
    }
  }

  /** Chooses jobs that have all of these labels. */
  public static LabelSelector of(Map<String, String> labels) {
    return new LabelSelector(
        labels.entrySet().stream()
            .map(label -> new Part(label.getKey(), Optional.of(List.of(label.getValue())), false))
            .toList());
  }

  /**
   * Reads {@code team=payments,env!=dev,tier in (a,b),zone notin (x),critical,!legacy}.
   *
   * @return empty when the text is no selector
   */
  public static Optional<LabelSelector> parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String piece : SEPARATOR.split(text, -1)) {
      Optional<Part> part = part(piece.strip());
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(new LabelSelector(parts));
  }

  /** Both selectors must hold. */
  public LabelSelector and(LabelSelector other) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(other.parts());
    return new LabelSelector(all);
  }

  /** True when every job is chosen. */
  public boolean isAll() {
    return parts.isEmpty();
  }

  /** The labels that must be there with one value each: what an index can find. */
  Map<String, String> exact() {
    Map<String, String> exact = new LinkedHashMap<>();
    for (Part part : parts) {
      if (part.isExact()) {
        exact.putIfAbsent(part.key(), part.values().orElseThrow().get(0));
      }
    }
    return exact;
  }

  /** Everything else, as the query of {@link JobStore} reads it: an array of objects. */
  List<Map<String, Object>> others() {
    Map<String, String> exact = exact();
    return parts.stream()
        .filter(p -> !p.isExact() || !exact.get(p.key()).equals(p.values().orElseThrow().get(0)))
        .map(LabelSelector::form)
        .toList();
  }

  private static Map<String, Object> form(Part part) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("key", part.key());
    part.values().ifPresent(values -> form.put("values", values));
    form.put("negated", part.negated());
    return form;
  }

  private static Optional<Part> part(String piece) {
    Matcher equality = EQUALITY.matcher(piece);
    if (equality.matches()) {
      return Optional.of(
          new Part(
              equality.group(1),
              Optional.of(List.of(equality.group(3).strip())),
              equality.group(2).equals("!=")));
    }
    Matcher set = SET.matcher(piece);
    if (set.matches()) {
      List<String> values = new ArrayList<>();
      for (String value : set.group(3).split(",", -1)) {
        values.add(value.strip());
      }
      return Optional.of(new Part(set.group(1), Optional.of(values), set.group(2).equals("notin")));
    }
    Matcher presence = PRESENCE.matcher(piece);
    if (presence.matches()) {
      return Optional.of(
          new Part(presence.group(2), Optional.empty(), !presence.group(1).isEmpty()));
    }
    return Optional.empty();
  }
}
