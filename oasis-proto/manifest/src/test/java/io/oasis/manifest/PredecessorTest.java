package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.Manifest.JobManifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PredecessorTest {

  private static ReadResult read(String metadata) {
    String text =
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: billing, name: nightly, %s}
        spec: {handler: settle, schedule: none}
        """
            .formatted(metadata);
    return new ManifestReader()
        .read(List.of(new SourceFile("a.yaml", text.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  @DisplayName("GO4: a document may say which job it was under another name")
  void earlierName() {
    JobManifest job = (JobManifest) read("renamedFrom: old, uid: 41").manifests().get(0);
    assertThat(job.predecessor()).isEqualTo(new Predecessor(Optional.of(41L), Optional.of("old")));
    ReadResult again =
        new ManifestReader()
            .read(
                List.of(
                    new SourceFile(
                        "a.yaml", SpecForm.toYaml(job).getBytes(StandardCharsets.UTF_8))));
    assertThat(((JobManifest) again.manifests().get(0)).predecessor()).isEqualTo(job.predecessor());
  }

  @Test
  @DisplayName("an earlier name that is none is refused in its place")
  void mistakes() {
    assertThat(read("renamedFrom: Old Name").problems())
        .singleElement()
        .extracting(Problem::path)
        .isEqualTo("metadata.renamedFrom");
    assertThat(read("uid: seven").problems())
        .singleElement()
        .extracting(Problem::path)
        .isEqualTo("metadata.uid");
  }
}
