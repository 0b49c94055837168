package io.oasis.server.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.manifest.JobSpec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The params of a run: its own when it has some, else those of its job's revision. */
public final class RunParams {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunParams() {}

  /** What the handler is given. */
  public static Map<String, String> of(RunRow run, JobSpec spec) {
    return read(run.origin().params()).orElse(spec.params());
  }

  /** Reads stored params; empty when there are none. */
  static Optional<Map<String, String>> read(Optional<String> stored) {
    return stored.map(RunParams::parse);
  }

  /** Params as they are stored. */
  static String write(Map<String, String> params) {
    ObjectNode node = JSON.createObjectNode();
    params.forEach(node::put);
    return node.toString();
  }

  private static Map<String, String> parse(String stored) {
    try {
      Map<String, String> params = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : JSON.readTree(stored).properties()) {
        params.put(field.getKey(), field.getValue().asText());
      }
      return params;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored params are not JSON: " + stored, e);
    }
  }
}
