package io.oasis.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A plan in a file: what was planned from which files, and how every object was that it touches.
 * Readable JSON, so that a review can look at it; applying it does exactly that, or nothing.
 */
public final class SavedPlan {
  private static final String VERSION_FIELD = "oasisPlan";
  private static final int VERSION = 1;
  private static final long MOST_BYTES = 32L * 1024 * 1024;
  private static final List<String> OF_REQUEST =
      List.of("source", "commit", "author", "ciRun", "prune", "allowEmpty", "takeOver", "override");

  private final ObjectNode saved;

  private SavedPlan(ObjectNode saved) {
    this.saved = saved;
  }

  /**
   * A plan to be saved.
   *
   * @param request that was answered
   * @param plan the server's answer
   * @throws CliFailure when the files hold a plain secret, which would then lie in the plan
   */
  public static SavedPlan of(ManifestRequest request, Facts plan) {
    refuseSecrets(request.manifests());
    ObjectNode saved = JsonText.object();
    saved.put(VERSION_FIELD, VERSION);
    for (String field : List.of("at", "digest", "summary", "deletions", "overlaps", "notes")) {
      copy(plan.node(), field, saved);
    }
    OF_REQUEST.forEach(field -> copy(request.body(), field, saved));
    ArrayNode steps = saved.putArray("steps");
    plan.list("steps").stream()
        .filter(step -> !step.text("action").equals("unchanged"))
        .forEach(step -> steps.add(step.node()));
    copy(request.body(), "files", saved);
    return new SavedPlan(saved);
  }

  /**
   * Reads a plan.
   *
   * @throws CliFailure when the file is none, or of a version that this command does not know
   */
  public static SavedPlan read(String name) {
    Path file = path(name);
    try {
      if (!Files.isRegularFile(file)) {
        throw CliFailure.invalid(name + ": no such file; manifests are named with -f");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw CliFailure.invalid(name + ": too large for a saved plan");
      }
      ObjectNode saved =
          parse(file)
              .orElseThrow(
                  () ->
                      CliFailure.invalid(
                          name + ": not a saved plan; manifests are named with -f " + name));
      if (saved.path(VERSION_FIELD).asInt() != VERSION) {
        throw CliFailure.invalid(
            name + ": a plan of another version of oasis; make it anew with this one");
      }
      return new SavedPlan(saved);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.INVALID, name + ": cannot be read", List.of(), e);
    }
  }

  /** Writes it; a file that is there and is no plan is left alone. */
  public void write(String name) {
    Path file = path(name);
    try {
      if (Files.exists(file) && (!Files.isRegularFile(file) || parse(file).isEmpty())) {
        throw CliFailure.invalid(
            name + ": is there already and is no saved plan; choose another name");
      }
      Files.writeString(file, JsonText.pretty(saved) + "\n");
    } catch (IOException e) {
      throw new CliFailure(ExitCode.ERROR, name + ": cannot be written", List.of(), e);
    }
  }

  /** The apply request that does what was planned, or nothing. */
  public ObjectNode request() {
    ObjectNode body = JsonText.object();
    copy(saved, "files", body);
    OF_REQUEST.forEach(field -> copy(saved, field, body));
    ObjectNode expect = body.putObject("expect");
    expect.put("digest", saved.path("digest").asText());
    ArrayNode steps = expect.putArray("steps");
    for (JsonNode step : saved.path("steps")) {
      ObjectNode touched = steps.addObject();
      for (String field : List.of("kind", "key", "action", "base")) {
        copy(step, field, touched);
      }
    }
    return body;
  }

  private static void refuseSecrets(CheckedManifests manifests) {
    for (var manifest : manifests.manifests()) {
      if (manifest instanceof JobManifest job) {
        job.spec()
            .params()
            .forEach(
                (name, value) -> {
                  if (SecretRef.isSecretName(name) && SecretRef.nameIn(value).isEmpty()) {
                    throw CliFailure.invalid(
                        "%s: params.%s holds a plain secret, which the saved plan would show; write {secretRef: NAME}"
                            .formatted(job.describe(), name));
                  }
                });
      }
    }
  }

  private static Optional<ObjectNode> parse(Path file) throws IOException {
    return JsonText.parse(Files.readAllBytes(file))
        .filter(node -> node instanceof ObjectNode && node.has(VERSION_FIELD))
        .map(ObjectNode.class::cast);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw CliFailure.invalid("\"%s\" is not a file name".formatted(name));
    }
  }

  private static void copy(JsonNode from, String field, ObjectNode to) {
    if (from.hasNonNull(field)) {
      to.set(field, from.get(field));
    }
  }
}
