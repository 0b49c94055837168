package io.oasis.server.api;

import io.oasis.server.identity.AuditFilter;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.identity.Permission;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Who did what. */
@Path(Api.V1 + "/audit")
@Tag(name = "Audit")
public class AuditResource {
  private final AuditTrail audit;
  private final SecurityIdentity identity;

  public AuditResource(AuditTrail audit, SecurityIdentity identity) {
    this.audit = audit;
    this.identity = identity;
  }

  /**
   * One change.
   *
   * @param before as it was; null: it was not there
   * @param after as it is; null: it is gone
   */
  public record AuditJson(
      long id,
      Instant at,
      String who,
      String action,
      String object,
      Map<String, Object> before,
      Map<String, Object> after) {
    static AuditJson of(AuditTrail.Written written) {
      return new AuditJson(
          written.id(),
          written.at(),
          written.entry().who(),
          written.entry().action(),
          written.entry().object(),
          written.entry().before().orElse(null),
          written.entry().after().orElse(null));
    }
  }

  /** A page of changes, newest first. */
  public record AuditPageJson(List<AuditJson> items, String nextCursor) {}

  /**
   * The query parameters that filter changes.
   *
   * @param action a word such as job.disable, or a beginning with its dot: job.
   * @param object for example job billing/nightly
   * @param from at or after this
   * @param to before this
   */
  public record AuditQuery(
      @RestQuery Optional<String> app,
      @RestQuery Optional<String> who,
      @RestQuery Optional<String> action,
      @RestQuery Optional<String> object,
      @RestQuery Optional<String> from,
      @RestQuery Optional<String> to) {}

  @GET
  @PermissionsAllowed(Permission.Name.AUDIT_READ)
  @Operation(
      summary = "Who changed what, newest first; every parameter narrows the list",
      description = "Entries about no single app are shown to callers who may read all apps.")
  public AuditPageJson list(
      @BeanParam AuditQuery query,
      @RestQuery Optional<Integer> limit,
      @RestQuery Optional<String> cursor) {
    AuditFilter filter =
        new AuditFilter(
            Scope.narrow(identity, query.app()),
            query.who(),
            query.action(),
            query.object(),
            query.from().map(text -> Paging.instant("from", text)),
            query.to().map(text -> Paging.instant("to", text)));
    int size = Paging.limit(limit);
    List<AuditTrail.Written> found =
        audit.list(filter, cursor.map(AuditResource::position), size + 1);
    boolean more = found.size() > size;
    List<AuditTrail.Written> page = more ? found.subList(0, size) : found;
    return new AuditPageJson(
        page.stream().map(AuditJson::of).toList(),
        more ? Long.toString(page.get(size - 1).id()) : null);
  }

  private static long position(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw Paging.badCursor();
    }
  }
}
