package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.oasis.server.drift.Drift;
import io.oasis.server.drift.Drifts;
import io.oasis.server.identity.Permission;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** What differs from what Git sources applied. */
@Path(Api.V1 + "/drift")
@Tag(name = "Manifests")
public class DriftResource {
  private final Drifts drifts;
  private final SecurityIdentity identity;

  public DriftResource(Drifts drifts, SecurityIdentity identity) {
    this.drifts = drifts;
    this.identity = identity;
  }

  /**
   * What differs.
   *
   * @param source that was asked for; null: all
   * @param commit with which the source changed something last
   * @param total how many objects it owns
   * @param items those that differ
   */
  public record DriftJson(String source, String commit, int total, List<ItemJson> items) {}

  /**
   * An object that differs.
   *
   * @param what changed or deleted
   * @param by who made it differ last
   * @param via api or console; absent when that is not known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ItemJson(
      String kind,
      String key,
      String source,
      String what,
      List<FieldJson> fields,
      String by,
      Instant at,
      String via,
      String reason) {

    static ItemJson of(Drift.Item item) {
      int space = item.object().indexOf(' ');
      Optional<Drift.Made> last = item.last();
      return new ItemJson(
          item.object().substring(0, space),
          item.object().substring(space + 1),
          item.source(),
          item.kind().name().toLowerCase(Locale.ROOT),
          item.fields().stream().map(FieldJson::of).toList(),
          last.map(Drift.Made::by).orElse(null),
          last.map(Drift.Made::at).orElse(null),
          last.flatMap(Drift.Made::via).orElse(null),
          last.flatMap(Drift.Made::reason).orElse(null));
    }
  }

  /**
   * A field that differs.
   *
   * @param applied what the source applied; null: nothing
   * @param now what it is; null: nothing
   */
  public record FieldJson(
      String path, String applied, String now, String by, Instant at, String via, String reason) {
    static FieldJson of(Drift.Field field) {
      Optional<Drift.Made> made = field.made();
      return new FieldJson(
          field.path(),
          field.applied(),
          field.now(),
          made.map(Drift.Made::by).orElse(null),
          made.map(Drift.Made::at).orElse(null),
          made.flatMap(Drift.Made::via).orElse(null),
          made.flatMap(Drift.Made::reason).orElse(null));
    }
  }

  @GET
  @PermissionsAllowed(Permission.Name.JOB_READ)
  @Operation(
      summary = "Objects that are not as their Git source applied them",
      description =
          "Normal forms are compared. A job that somebody switched off, or deleted by hand, differs"
              + " as well.")
  @APIResponse(
      responseCode = "200",
      description = "What differs; no items: nothing",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = DriftJson.class),
              examples = @ExampleObject(name = "timeout", value = Examples.DRIFT)))
  public DriftJson find(@RestQuery Optional<String> source, @RestQuery Optional<String> app) {
    Optional<String> asked = source.map(String::strip).filter(name -> !name.isEmpty());
    return switch (drifts.find(asked, Scope.narrow(identity, app))) {
      case Drifts.Found.Known(Drift drift) ->
          new DriftJson(
              asked.orElse(null),
              drift.commit().orElse(null),
              drift.total(),
              drift.items().stream().map(ItemJson::of).toList());
      case Drifts.Found.NoSuchSource(var sources) ->
          throw new ProblemException(
              ErrorCode.NOT_FOUND,
              "nothing belongs to source " + asked.orElse(""),
              sources.isEmpty()
                  ? "no source has applied anything yet"
                  : "the sources are " + String.join(", ", sources));
    };
  }
}
