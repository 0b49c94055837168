package io.oasis.cli.options;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.client.JsonText;
import io.oasis.manifest.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
      description = "The commit that they were taken from.")
  String commit;

  @Option(
      names = "--author",
      paramLabel = "NAME",
      order = 12,
      description = "Who wrote the change, when it is not the one who applies it.")
  String author;

  /** The body of a plan or apply request. */
  public ObjectNode request(List<SourceFile> sources) {
    ObjectNode body = JsonText.object();
    ArrayNode files = body.putArray("files");
    for (SourceFile file : sources) {
      files
          .addObject()
          .put("name", file.name())
          .put("content", new String(file.content(), StandardCharsets.UTF_8));
    }
    put(body, "source", source);
    put(body, "commit", commit);
    put(body, "author", author);
    return body;
  }

  private static void put(ObjectNode body, String field, String value) {
    if (value != null && !value.isBlank()) {
      body.put(field, value);
    }
  }
}
