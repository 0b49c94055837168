package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.Manifest.JobManifest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** Short ways to read text in tests. */
final class Read {
  private static final ManifestReader READER = new ManifestReader(ZoneId.of("UTC"));

  private Read() {}

  static SourceFile file(String name, String text) {
    return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static ReadResult text(String... texts) {
    List<SourceFile> files =
        Stream.iterate(0, i -> i < texts.length, i -> i + 1)
            .map(i -> file((char) ('a' + i) + ".yaml", texts[i]))
            .toList();
    return READER.read(files);
  }

  /** The problems of one text as users see them, without the file's name. */
  static List<String> problems(String text) {
    return text(text).problems().stream().map(p -> p.toString().replace("a.yaml", "")).toList();
  }

  static List<Manifest> manifests(String text) {
    ReadResult result = text(text);
    assertThat(result.problems()).isEmpty();
    return result.manifests();
  }

  /** A job with these lines in its spec, in place of the schedule and the handler when given. */
  static String job(String... specLines) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: billing, name: nightly}
            spec:
              handler: settle
            """);
    boolean scheduled = Stream.of(specLines).anyMatch(line -> line.startsWith("schedule"));
    if (!scheduled) {
      text.append("  schedule: none\n");
    }
    for (String line : specLines) {
      text.append("  ").append(line).append('\n');
    }
    return text.toString();
  }

  /** The spec of a job with these lines. */
  static JobSpec spec(String... specLines) {
    return ((JobManifest) manifests(job(specLines)).get(0)).spec();
  }

  /** The only problem of a job with these lines, from its path on. */
  static String problem(String... specLines) {
    List<String> all = problems(job(specLines));
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
