package io.oasis.manifest.yaml;

import io.oasis.manifest.yaml.YamlValue.Field;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Items;
import io.oasis.manifest.yaml.YamlValue.Mark;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Builds the tree of one document from the parser's events. */
final class TreeBuilder {
  private static final int DEEPEST = 32;
  private static final int MOST_ALIASED = 10_000;
  private static final String MERGE = "<<";
  private static final Set<String> CORE_TAGS =
      Set.of(
          "!",
          "tag:yaml.org,2002:str",
          "tag:yaml.org,2002:int",
          "tag:yaml.org,2002:float",
          "tag:yaml.org,2002:bool",
          "tag:yaml.org,2002:null",
          "tag:yaml.org,2002:map",
          "tag:yaml.org,2002:seq");

  private final int firstLine;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final List<YamlError> duplicates = new ArrayList<>();
  private YamlValue root;
  private long aliased;

  /**
   * Starts a document.
   *
   * @param firstLine how many lines of the file come before the parsed text
   */
  TreeBuilder(int firstLine) {
    this.firstLine = firstLine;
  }

  /** A value that an alias may repeat, and how many values it holds. */
  private record Anchored(YamlValue value, long weight) {}

  /** A list or mapping that is not closed yet. */
  private static final class Open {
    private final boolean mapping;
    private final Mark mark;
    private final Optional<String> anchor;
    private final List<YamlValue> items = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final List<Fields> merged = new ArrayList<>();
    private final Map<String, Mark> names = new HashMap<>();
    private Scalar name;
    private boolean repeated;
    private long weight = 1;

    Open(boolean mapping, Mark mark, Optional<String> anchor) {
      this.mapping = mapping;
      this.mark = mark;
      this.anchor = anchor;
    }

    YamlValue close() {
      return mapping ? new Fields(withMerged(), mark) : new Items(List.copyOf(items), mark);
    }

    /** What is written stands; of what is merged in, the first mapping that has a name gives it. */
    private List<Field> withMerged() {
      List<Field> all = new ArrayList<>(fields);
      for (Fields other : merged) {
        for (Field field : other.fields()) {
          if (names.putIfAbsent(field.name(), field.nameMark()) == null) {
            all.add(field);
          }
        }
      }
      return List.copyOf(all);
    }

    /** Whether the name that awaits its value is {@code <<}, which merges mappings. */
    boolean merges() {
      return name.plain() && name.text().equals(MERGE);
    }

    String step() {
      if (!mapping) {
        return "[" + items.size() + "]";
      }
      return name == null ? "" : name.text();
    }
  }

  /** The document's value; empty when it holds nothing. */
  Optional<YamlValue> root() {
    boolean nothing = root == null || (root instanceof Scalar scalar && scalar.isNothing());
    return nothing ? Optional.empty() : Optional.of(root);
  }

  /** Names that come twice in one mapping; the document is readable all the same. */
  List<YamlError> duplicates() {
    return duplicates;
  }

  /** Takes the next event; an error means that the document cannot be read further. */
  Optional<YamlError> accept(Event event) {
    if (event instanceof CollectionStartEvent start) {
      return begin(start);
    }
    if (event instanceof CollectionEndEvent) {
      Open closed = open.pop();
      return add(closed.close(), closed.weight, closed.anchor);
    }
    if (event instanceof AliasEvent alias) {
      return repeat(alias);
    }
    if (event instanceof ScalarEvent scalar) {
      return tagError(scalar.getTag(), mark(scalar))
          .or(() -> add(value(scalar), 1, anchor(scalar)));
    }
    return Optional.empty();
  }

  private Optional<YamlError> begin(CollectionStartEvent start) {
    Mark mark = mark(start);
    if (open.size() >= DEEPEST) {
      return Optional.of(
          new YamlError(
              mark, "", "the document is nested deeper than " + DEEPEST + " levels", "flatten it"));
    }
    if (awaitsName()) {
      return Optional.of(
          new YamlError(mark, path(), "a field name cannot be a list or a mapping", "write text"));
    }
    Optional<YamlError> wrongTag = tagError(start.getTag(), mark);
    if (wrongTag.isEmpty()) {
      open.push(new Open(start instanceof MappingStartEvent, mark, anchor(start)));
    }
    return wrongTag;
  }

  private Optional<YamlError> repeat(AliasEvent alias) {
    String name = alias.getAlias().getValue();
    Anchored known = anchors.get(name);
    if (known == null) {
      return Optional.of(
          new YamlError(
              mark(alias),
              path(),
              "the alias *" + name + " has no anchor before it",
              "write &" + name + " at the value that it repeats, or put quotes around the text"));
    }
    aliased += known.weight();
    if (aliased > MOST_ALIASED) {
      return Optional.of(
          new YamlError(
              mark(alias),
              path(),
              "the aliases of this document repeat more than " + MOST_ALIASED + " values",
              "write the values out"));
    }
    return add(known.value(), known.weight(), Optional.empty());
  }

  private Optional<YamlError> add(YamlValue value, long weight, Optional<String> anchor) {
    anchor.ifPresent(name -> anchors.put(name, new Anchored(value, weight)));
    Open parent = open.peek();
    if (parent == null) {
      root = value;
    } else {
      parent.weight += weight;
      if (!parent.mapping) {
        parent.items.add(value);
      } else if (parent.name == null) {
        return name(parent, value);
      } else {
        if (parent.merges()) {
          return merge(parent, value);
        }
        if (!parent.repeated) {
          parent.fields.add(new Field(parent.name.text(), parent.name.mark(), value));
        }
        parent.name = null;
      }
    }
    return Optional.empty();
  }

  private Optional<YamlError> merge(Open parent, YamlValue value) {
    List<YamlValue> sources = value instanceof Items list ? list.items() : List.of(value);
    for (YamlValue source : sources) {
      if (!(source instanceof Fields fields)) {
        return Optional.of(
            new YamlError(
                value.mark(),
                path(),
                "`<<` merges a mapping or a list of mappings",
                "write for example <<: *defaults"));
      }
      parent.merged.add(fields);
    }
    parent.name = null;
    return Optional.empty();
  }

  private Optional<YamlError> name(Open parent, YamlValue value) {
    if (!(value instanceof Scalar name)) {
      return Optional.of(
          new YamlError(
              value.mark(), path(), "a field name cannot be a list or a mapping", "write text"));
    }
    Mark earlier = parent.names.putIfAbsent(name.text(), name.mark());
    parent.name = name;
    parent.repeated = earlier != null;
    if (earlier != null) {
      duplicates.add(
          new YamlError(
              name.mark(),
              path(),
              "`"
                  + name.text()
                  + "` is given twice, first at "
                  + earlier.line()
                  + ":"
                  + earlier.column(),
              "keep one of them"));
    }
    return Optional.empty();
  }

  private boolean awaitsName() {
    Open parent = open.peek();
    return parent != null && parent.mapping && parent.name == null;
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    for (Iterator<Open> outer = open.descendingIterator(); outer.hasNext(); ) {
      String step = outer.next().step();
      boolean dot = path.length() > 0 && !step.isEmpty() && !step.startsWith("[");
      path.append(dot ? "." : "").append(step);
    }
    return path.toString();
  }

  private Optional<YamlError> tagError(Optional<String> tag, Mark mark) {
    return tag.filter(name -> !CORE_TAGS.contains(name))
        .map(
            name ->
                new YamlError(
                    mark,
                    path(),
                    "the tag " + name + " is not supported",
                    "remove the tag, or put quotes around text that begins with !"));
  }

  private Scalar value(ScalarEvent event) {
    boolean text =
        event.getTag().filter(tag -> tag.endsWith(":str") || tag.equals("!")).isPresent();
    return new Scalar(event.getValue(), event.isPlain() && !text, mark(event));
  }

  private static Optional<String> anchor(NodeEvent event) {
    return event.getAnchor().map(anchor -> anchor.getValue());
  }

  private Mark mark(Event event) {
    return event
        .getStartMark()
        .map(m -> new Mark(m.getLine() + firstLine + 1, m.getColumn() + 1))
        .orElse(Mark.NONE);
  }
}
