package io.oasis.server.api;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the OpenAPI document says of the API as a whole. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Oasis-Scheduler",
            version = "v1",
            description =
                "Jobs, runs and executors. Errors are application/problem+json with a stable code;"
                    + " lists are pages with a cursor.",
            license = @License(name = "Apache-2.0")),
    security = @SecurityRequirement(name = "token"),
    components =
        @Components(
            requestBodies =
                @RequestBody(
                    name = Api.FILES,
                    description = "Files to plan or to apply",
                    content =
                        @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ApplyJson.class),
                            examples = @ExampleObject(name = "files", value = Examples.APPLY)))))
@SecurityScheme(
    securitySchemeName = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "A session token (POST /api/v1/sessions) or an API token (POST /api/v1/tokens).")
public class Api extends Application {
  /** Where every resource lies. */
  static final String V1 = "/api/v1";

  /** The name under which the OpenAPI document has the body of plan and apply. */
  static final String FILES = "files";
}
