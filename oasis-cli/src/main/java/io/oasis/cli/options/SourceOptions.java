package io.oasis.cli.options;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.input.Provenance;
import io.oasis.manifest.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the manifests come from. */
public final class SourceOptions {
  @Option(
      names = "--source",
      paramLabel = "NAME",
      order = 10,
      description = "The set that these manifests belong to, for example a repository's name.")
  String source;

  @Option(
      names = "--commit",
      paramLabel = "ID",
      order = 11,
      description = "The commit that they were taken from; else as CI or the folder's Git says.")
  String commit;

  @Option(
      names = "--author",
      paramLabel = "NAME",
      order = 12,
      description = "Who wrote the change; else likewise.")
  String author;

  @Option(
      names = "--ci-run",
      paramLabel = "URL",
      order = 13,
      description = "The build that applies; else as CI says.")
  String ciRun;

  /** The body of a plan or apply request. */
  public ObjectNode request(List<SourceFile> sources, Provenance surroundings) {
    ObjectNode body = JsonText.object();
    ArrayNode files = body.putArray("files");
    for (SourceFile file : sources) {
      files
          .addObject()
          .put("name", file.name())
          .put("content", new String(file.content(), StandardCharsets.UTF_8));
    }
    put(body, "source", Optional.ofNullable(source));
    put(body, "commit", Optional.ofNullable(commit).or(surroundings::commit));
    put(body, "author", Optional.ofNullable(author).or(surroundings::author));
    put(body, "ciRun", Optional.ofNullable(ciRun).or(surroundings::ciRun));
    return body;
  }

  private static void put(ObjectNode body, String field, Optional<String> value) {
    value.map(String::strip).filter(v -> !v.isEmpty()).ifPresent(v -> body.put(field, v));
  }
}
