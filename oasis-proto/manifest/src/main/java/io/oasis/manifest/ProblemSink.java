package io.oasis.manifest;

import io.oasis.manifest.yaml.YamlError;
import io.oasis.manifest.yaml.YamlValue.Mark;
import io.oasis.phrase.Phrase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what is wrong in one file. */
final class ProblemSink {
  private final String file;
  private final Set<Mark> settled;
  private final List<Problem> problems = new ArrayList<>();
  private int reported;

  ProblemSink(String file) {
    this(file, new HashSet<>());
  }

  /**
   * A sink that shares with others which values need no further word.
   *
   * @param settled places of values of which the cause of every mistake has been told
   */
  ProblemSink(String file, Set<Mark> settled) {
    this.file = file;
    this.settled = settled;
  }

  void add(Mark mark, String path, Phrase said, Phrase advice) {
    Mark place = placed(mark);
    reported++;
    if (!settled.contains(place)) {
      problems.add(
          new Problem(
              place.file(), place.line(), place.column(), path, said, Optional.ofNullable(advice)));
    }
  }

  /** What is wrong with the text itself, which no page shows: it is worded in English only. */
  void add(YamlError error) {
    add(error.mark(), error.path(), error.message(), error.hint());
  }

  /** As {@link #add(Mark, String, Phrase, Phrase)}, of files only: worded in English. */
  void add(Mark mark, String path, String message, String hint) {
    add(mark, path, Phrase.plain(message), hint == null ? null : Phrase.plain(hint));
  }

  /** Adds an error, and keeps silent from now on about the value that it is about. */
  void settle(YamlError error, Mark value) {
    add(error);
    settled.add(placed(value));
  }

  private Mark placed(Mark mark) {
    return mark.file().isEmpty() ? mark.in(file) : mark;
  }

  String file() {
    return file;
  }

  /** How many were reported: a reader that compares before and after knows whether it did. */
  int count() {
    return reported;
  }

  /** All of them in the order of the text; those of overlays after those of the file itself. */
  List<Problem> sorted() {
    return problems.stream()
        .sorted(
            Comparator.comparing((Problem p) -> p.file().equals(file) ? "" : p.file())
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column))
        .toList();
  }
}
