package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What plans do to tables that hold many rows.
 *
 * @param filled names of these tables: a plan may do what it likes with an empty one
 */
record PlanCheck(List<String> filled) {

  /** No walk through a whole table, and no sort that does not fit into memory. */
  void isModest(QueryPlans.Explained explained) {
    walk(
        explained.plan(),
        node -> {
          if (node.path("Node Type").asText().equals("Seq Scan")) {
            assertThat(node.path("Relation Name").asText()).as(explained.sql()).isNotIn(filled);
          }
        });
    sortsInMemory(explained);
  }

  /** No sort that does not fit into memory. */
  void sortsInMemory(QueryPlans.Explained explained) {
    walk(
        explained.plan(),
        node ->
            assertThat(node.path("Sort Space Type").asText())
                .as(explained.sql())
                .isNotEqualTo("Disk"));
  }

  /** Rows that plans took from the tables, those thrown away included. */
  long rowsRead(List<QueryPlans.Explained> plans) {
    return plans.stream().mapToLong(this::rowsRead).sum();
  }

  private long rowsRead(QueryPlans.Explained explained) {
    List<Long> rows = new ArrayList<>();
    walk(
        explained.plan(),
        node -> {
          if (filled.contains(node.path("Relation Name").asText())) {
            double each =
                node.path("Actual Rows").asDouble()
                    + node.path("Rows Removed by Filter").asDouble()
                    + node.path("Rows Removed by Index Recheck").asDouble();
            rows.add(Math.round(each * node.path("Actual Loops").asLong()));
          }
        });
    return rows.stream().mapToLong(Long::longValue).sum();
  }

  /** Visits a node of a plan and all below it. */
  static void walk(JsonNode node, Consumer<JsonNode> visitor) {
    visitor.accept(node);
    node.path("Plans").forEach(child -> walk(child, visitor));
  }
}
