package io.oasis.cli.lint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.client.ClientVersion;
import io.oasis.cli.client.JsonText;
import io.oasis.manifest.Problem;
import io.oasis.manifest.lint.Finding;
import io.oasis.manifest.lint.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** A report in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS standard). */
public final class Sarif {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private static final List<Rule> RULES = List.of(Rule.values());

  private Sarif() {}

  /** The report as one JSON object. */
  public static String of(LintReport report) {
    ObjectNode root = JsonText.object();
    root.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = root.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "oasis lint").put("version", ClientVersion.version());
    ArrayNode rules = driver.putArray("rules");
    for (Rule rule : RULES) {
      ObjectNode node = rules.addObject().put("id", rule.id());
      node.putObject("shortDescription").put("text", rule.title());
      node.putObject("defaultConfiguration")
          .put("level", rule == Rule.MANIFEST ? "error" : "warning");
    }
    run.put("columnKind", "unicodeCodePoints");
    ArrayNode results = run.putArray("results");
    report.findings().forEach(finding -> result(finding, results.addObject()));
    return JsonText.pretty(root);
  }

  private static void result(Finding finding, ObjectNode result) {
    Problem problem = finding.problem();
    result.put("ruleId", finding.rule().id()).put("ruleIndex", RULES.indexOf(finding.rule()));
    result.put("level", LintReport.word(finding));
    result.putObject("message").put("text", LintReport.said(problem));
    ObjectNode location = result.putArray("locations").addObject();
    ObjectNode physical = location.putObject("physicalLocation");
    physical.putObject("artifactLocation").put("uri", uri(problem.file()));
    if (problem.line() > 0) {
      physical
          .putObject("region")
          .put("startLine", problem.line())
          .put("startColumn", problem.column());
    }
    if (!problem.path().isEmpty()) {
      location.putArray("logicalLocations").addObject().put("fullyQualifiedName", problem.path());
    }
  }

  /** A relative file is a relative reference; standard input has no better name than its own. */
  private static String uri(String file) {
    if (file.equals("-")) {
      return "stdin";
    }
    try {
      String path = file.replace('\\', '/');
      return path.startsWith("/")
          ? new URI("file", "", path, null).toASCIIString()
          : new URI(null, null, path.startsWith("./") ? path.substring(2) : path, null)
              .toASCIIString();
    } catch (URISyntaxException e) {
      return "file";
    }
  }
}
