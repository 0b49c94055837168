package io.oasis.cli.importing.xxl;

import com.fasterxml.jackson.databind.JsonNode;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.importing.UnreadableSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The two tables that say what XXL-JOB does.
 *
 * @param jobs rows of {@code xxl_job_info}
 * @param groups rows of {@code xxl_job_group}
 */
record XxlTables(List<Row> jobs, List<Row> groups) {
  private static final String INFO = "xxl_job_info";
  private static final String GROUP = "xxl_job_group";
  private static final int DEEPEST = 6;

  /** Reads a dump, or JSON when the text begins like that. */
  static XxlTables read(String text, String file) {
    String begin = text.stripLeading();
    XxlTables tables =
        begin.startsWith("{") || begin.startsWith("[") ? json(text, file) : sql(text);
    if (tables.jobs().isEmpty()) {
      throw new UnreadableSource(
          file
              + ": there is no row of xxl_job_info in it; dump with: mysqldump --complete-insert"
              + " DATABASE xxl_job_info xxl_job_group");
    }
    return tables;
  }

  private static XxlTables sql(String text) {
    Map<String, List<Row>> rows = SqlDump.rows(text, List.of(INFO, GROUP));
    return new XxlTables(rows.getOrDefault(INFO, List.of()), rows.getOrDefault(GROUP, List.of()));
  }

  private static XxlTables json(String text, String file) {
    JsonNode root =
        JsonText.parse(text.getBytes(StandardCharsets.UTF_8))
            .orElseThrow(() -> new UnreadableSource(file + ": this is not whole JSON"));
    XxlTables tables = new XxlTables(new ArrayList<>(), new ArrayList<>());
    tables.collect(root, 0);
    return tables;
  }

  /** Rows are objects in arrays, however the tool that exported them wraps these. */
  private void collect(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (node.isObject() && !isRow(node)) {
      node.forEach(child -> collect(child, depth + 1));
    } else if (node.isArray()) {
      node.forEach(child -> collect(child, depth + 1));
    } else if (node.isObject()) {
      Row row = new Row(0, values(node));
      (row.has("app_name") ? groups : jobs).add(row);
    }
  }

  private static boolean isRow(JsonNode node) {
    Map<String, String> values = values(node);
    Map<String, String> plain = new HashMap<>();
    values.forEach((name, value) -> plain.put(SqlDump.plain(name), value));
    return plain.containsKey("jobgroup") || plain.containsKey("appname");
  }

  private static Map<String, String> values(JsonNode node) {
    Map<String, String> values = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                values.put(field.getKey(), field.getValue().asText());
              }
            });
    return values;
  }
}
