package io.oasis.server.api;

import io.oasis.manifest.schema.ManifestSchema;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What manifests look like, for editors. */
@Path(Api.V1 + "/schema")
@Tag(name = "Manifests")
public class SchemaResource {
  static final String MEDIA_TYPE = "application/schema+json";

  @GET
  @PermitAll
  @Produces(MEDIA_TYPE)
  @Operation(summary = "JSON Schema of manifests as this server takes them; needs no token")
  public Response schema() {
    return Response.ok(ManifestSchema.text())
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
        .build();
  }
}
