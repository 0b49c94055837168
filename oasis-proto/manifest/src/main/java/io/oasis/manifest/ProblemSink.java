package io.oasis.manifest;

import io.oasis.manifest.yaml.YamlError;
import io.oasis.manifest.yaml.YamlValue.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong in one file. */
final class ProblemSink {
  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  ProblemSink(String file) {
    this.file = file;
  }

  void add(Mark mark, String path, String message, String hint) {
    problems.add(
        new Problem(file, mark.line(), mark.column(), path, message, Optional.ofNullable(hint)));
  }

  void add(YamlError error) {
    add(error.mark(), error.path(), error.message(), error.hint());
  }

  String file() {
    return file;
  }

  /** How many there are: a reader that compares before and after knows whether it added any. */
  int count() {
    return problems.size();
  }

  /** All of them in the order of the text. */
  List<Problem> sorted() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
