package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.app.Apps;
import io.oasis.server.app.Node;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.Runs;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;

/** The search of the top bar: goes to what is named exactly, else to the jobs that match. */
@Path("/search")
@Blocking
public class SearchPages {
  private final Visit visit;
  private final Jobs jobs;
  private final Runs runs;
  private final Apps apps;

  public SearchPages(Visit visit, Jobs jobs, Runs runs, Apps apps) {
    this.visit = visit;
    this.jobs = jobs;
    this.runs = runs;
    this.apps = apps;
  }

  @GET
  @PermissionsAllowed(Permission.Name.JOB_READ)
  public Response search(@QueryParam("q") @DefaultValue("") String q) {
    String text = q.strip();
    String target =
        run(text)
            .or(() -> job(text))
            .or(() -> app(text))
            .or(() -> node(text))
            .orElseGet(() -> new Address("/jobs").with("q", text).toString());
    return Response.seeOther(URI.create(target)).build();
  }

  private Optional<String> run(String text) {
    String digits = text.startsWith("#") ? text.substring(1) : text;
    boolean isNumber = digits.matches("[0-9]{1,18}");
    return isNumber
        ? runs.find(Long.parseLong(digits))
            .filter(run -> sees(run.job().app()))
            .map(run -> "/runs/" + run.id())
        : Optional.empty();
  }

  private Optional<String> job(String text) {
    int slash = text.indexOf('/');
    return slash <= 0
        ? Optional.empty()
        : jobs.find(new JobKey(text.substring(0, slash), text.substring(slash + 1)))
            .filter(found -> sees(found.job().key().app()))
            .map(found -> RunRows.url(found.job().key()));
  }

  private Optional<String> app(String text) {
    return apps.find(text)
        .filter(app -> sees(app.name()))
        .map(app -> "/apps/" + Address.encode(app.name()));
  }

  private Optional<String> node(String text) {
    return apps.nodes(visit.reach()).stream()
        .filter(node -> node.id().equals(text) || node.address().equals(text))
        .findFirst()
        .map(SearchPages::url);
  }

  private boolean sees(String app) {
    return visit.reach().covers(app);
  }

  private static String url(Node node) {
    return "/apps/" + Address.encode(node.app()) + "#" + Address.encode(node.id());
  }
}
