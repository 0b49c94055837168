package io.oasis.server.api;

import io.oasis.server.time.ZoneRules;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which server this is. */
@Path(Api.V1 + "/version")
@Tag(name = "Platform")
public class VersionResource {
  private final VersionJson version;

  public VersionResource(
      @ConfigProperty(name = "quarkus.application.version") String version,
      @ConfigProperty(name = "oasis.build.commit") Optional<String> commit,
      ZoneRules zoneRules) {
    this.version = new VersionJson(version, zoneRules.version(), commit.orElse(null));
  }

  /**
   * Versions.
   *
   * @param tzdb of the time zone rules
   * @param commit of the sources; null when it is not known
   */
  public record VersionJson(String version, String tzdb, String commit) {}

  @GET
  @PermitAll
  @Operation(summary = "Version of the server and of its time zone rules; needs no token")
  public VersionJson version() {
    return version;
  }
}
