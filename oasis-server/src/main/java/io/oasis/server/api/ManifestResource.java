package io.oasis.server.api;

import io.oasis.server.apply.Exporter;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.Job;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Everything that there is, as manifests. */
@Path(Api.V1 + "/manifests")
@Tag(name = "Manifests")
public class ManifestResource {
  private final Exporter exporter;
  private final SecurityIdentity identity;

  public ManifestResource(Exporter exporter, SecurityIdentity identity) {
    this.exporter = exporter;
    this.identity = identity;
  }

  /**
   * One manifest.
   *
   * @param kind app or job
   * @param app that it is, or is of
   * @param key {@code billing} or {@code billing/nightly}
   * @param source the Git source that owns it; null: nobody's
   * @param state of a job: on, off or done; null for an app
   * @param yaml the document
   */
  public record ManifestJson(
      String kind, String app, String key, String source, String state, String yaml) {
    static ManifestJson of(Exporter.Item item) {
      return new ManifestJson(
          item.job().isPresent() ? "job" : "app",
          item.app(),
          item.key(),
          item.source().orElse(null),
          item.job().map(Job::state).map(s -> s.name().toLowerCase(Locale.ROOT)).orElse(null),
          item.yaml());
    }
  }

  /** A page of manifests. */
  public record ManifestsJson(List<ManifestJson> items, String nextCursor) {}

  @GET
  @PermissionsAllowed(Permission.Name.JOB_READ)
  @Operation(
      summary = "Jobs and their apps as manifests, in normal form; takes the filters of jobs",
      description =
          "A page is limited by its jobs; apps come before their jobs. Applying the documents to"
              + " the same server changes nothing.")
  public ManifestsJson list(
      @BeanParam JobResource.JobQuery query,
      @RestQuery Optional<Integer> limit,
      @RestQuery Optional<String> cursor) {
    Exporter.Page page =
        exporter
            .page(query.filter(identity), Paging.limit(limit), cursor)
            .orElseThrow(Paging::badCursor);
    return new ManifestsJson(
        page.items().stream().map(ManifestJson::of).toList(), page.next().orElse(null));
  }
}
