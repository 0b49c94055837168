package io.oasis.cli.lint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.client.JsonText;
import io.oasis.manifest.Problem;
import io.oasis.manifest.lint.Finding;
import io.oasis.manifest.lint.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a lint found.
 *
 * @param findings by place
 * @param files how many files were read
 * @param manifests how many documents are right
 */
public record LintReport(List<Finding> findings, int files, int manifests) {

  /** The report with every warning made an error. */
  public LintReport strict() {
    return new LintReport(
        findings.stream().map(f -> new Finding(f.rule(), Severity.ERROR, f.problem())).toList(),
        files,
        manifests);
  }

  /** How many findings are as severe as this. */
  public long count(Severity severity) {
    return findings.stream().filter(f -> f.severity() == severity).count();
  }

  /**
   * For example {@code 2 errors, 1 warning in 2 of 6 files}; without errors, also what is right.
   */
  public String summary() {
    long errors = count(Severity.ERROR);
    long warnings = count(Severity.WARNING);
    if (findings.isEmpty()) {
      return "%s, %s, no errors".formatted(number(files, "file"), number(manifests, "manifest"));
    }
    List<String> parts = new ArrayList<>();
    if (errors > 0) {
      parts.add(number(errors, "error"));
    }
    if (warnings > 0) {
      parts.add(number(warnings, "warning"));
    }
    long wrong = findings.stream().map(f -> f.problem().file()).distinct().count();
    return "%s in %d of %s".formatted(String.join(", ", parts), wrong, number(files, "file"));
  }

  private static String number(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** One object with all findings. */
  public String json() {
    ObjectNode report = JsonText.object();
    report.put("files", files).put("manifests", manifests);
    report.put("errors", count(Severity.ERROR)).put("warnings", count(Severity.WARNING));
    var list = report.putArray("findings");
    for (Finding finding : findings) {
      Problem problem = finding.problem();
      ObjectNode node = list.addObject();
      node.put("file", problem.file()).put("line", problem.line());
      node.put("column", problem.column()).put("path", problem.path());
      node.put("severity", word(finding)).put("rule", finding.rule().id());
      problem.code().ifPresent(code -> node.put("code", code));
      node.put("message", problem.message());
      problem.hint().ifPresent(hint -> node.put("hint", hint));
    }
    return JsonText.pretty(report);
  }

  /** Workflow commands, one a line, that GitHub shows beside the lines of a pull request. */
  public List<String> github() {
    return findings.stream().map(LintReport::annotation).toList();
  }

  private static String annotation(Finding finding) {
    Problem problem = finding.problem();
    StringBuilder place = new StringBuilder("file=").append(property(problem.file()));
    if (problem.line() > 0) {
      place.append(",line=").append(problem.line()).append(",col=").append(problem.column());
    }
    String title = problem.path().isEmpty() ? finding.rule().id() : problem.path();
    return "::%s %s,title=%s::%s"
        .formatted(word(finding), place, property(title), data(said(problem)));
  }

  /** A message with what to do about it. */
  static String said(Problem problem) {
    return problem.message() + problem.hint().map(hint -> "; " + hint).orElse("");
  }

  /** {@code error} or {@code warning}. */
  static String word(Finding finding) {
    return finding.severity() == Severity.ERROR ? "error" : "warning";
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
