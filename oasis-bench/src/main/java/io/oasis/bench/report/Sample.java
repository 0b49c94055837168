package io.oasis.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one measurement showed.
 *
 * @param measure what was measured, for example {@code throughput}
 * @param contender whose it is, for example {@code oasis}
 * @param round the round that it belongs to, counted from 1
 * @param figures by name; the name ends in the unit
 */
public record Sample(String measure, String contender, int round, Map<String, Double> figures) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps the figures in the order of their names. */
  public Sample {
    figures = new TreeMap<>(figures);
  }

  /** As one line for programs. */
  public String json() {
    ObjectNode line = JSON.createObjectNode();
    line.put("measure", measure).put("contender", contender).put("round", round);
    figures.forEach(line::put);
    return line.toString();
  }
}
