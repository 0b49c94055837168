package io.oasis.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import java.util.List;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Answers as JSON, YAML or bare names. */
public final class Documents {

  private Documents() {}

  /**
   * Prints one object in any format.
   *
   * @param name what {@code -o name} prints
   * @param forPeople what {@code -o table} and {@code -o wide} do
   */
  public static void print(
      Terminal terminal,
      OutputFormat format,
      Facts data,
      Function<Facts, String> name,
      Runnable forPeople) {
    switch (format) {
      case TABLE, WIDE -> forPeople.run();
      case JSON -> terminal.print(JsonText.pretty(data.node()));
      case YAML -> terminal.out().print(yaml(data.node()));
      case NAME -> terminal.print(name.apply(data));
    }
  }

  /** Prints a list of objects in any format. */
  public static void printAll(
      Terminal terminal,
      OutputFormat format,
      List<Facts> items,
      Function<Facts, String> name,
      Runnable forPeople) {
    if (format == OutputFormat.NAME) {
      items.forEach(item -> terminal.print(name.apply(item)));
      return;
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(item.node()));
    print(terminal, format, new Facts(array), name, forPeople);
  }

  /**
   * Prints objects that are added to those before: JSON is one object a line, YAML one document.
   */
  public static void append(
      Terminal terminal,
      OutputFormat format,
      List<Facts> items,
      Function<Facts, String> name,
      Runnable forPeople) {
    switch (format) {
      case TABLE, WIDE -> forPeople.run();
      case JSON -> items.forEach(item -> terminal.print(JsonText.compact(item.node())));
      case YAML -> items.forEach(item -> terminal.out().print("---\n" + yaml(item.node())));
      case NAME -> items.forEach(item -> terminal.print(name.apply(item)));
    }
  }

  /** A tree as a YAML document. */
  static String yaml(JsonNode node) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(1000)
            .build();
    return new Dump(settings).dumpToString(JsonText.plain(node));
  }
}
