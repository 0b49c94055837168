package io.oasis.server.console;

import io.oasis.server.app.Apps;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.identity.Permission;
import io.oasis.ui.page.AuditPage;
import io.oasis.ui.page.Pages;
import io.oasis.ui.row.AuditObject;
import io.oasis.ui.row.AuditRow;
import io.oasis.ui.row.AuditWord;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who changed what. */
@Path("/audit")
@Blocking
public class AuditPages {
  private static final int ROWS = 50;
  private static final Pattern JOB = Pattern.compile("job ([^/ ]+)/([^/ ]+)");
  private static final Pattern APP = Pattern.compile("app ([^/ ]+)");
  private static final Pattern RUN = Pattern.compile("run (\\d+)(?: of .*)?");
  private static final Pattern ACCOUNT = Pattern.compile("account (\\S+)");

  private final Visit visit;
  private final AuditTrail audit;
  private final Apps apps;

  public AuditPages(Visit visit, AuditTrail audit, Apps apps) {
    this.visit = visit;
    this.audit = audit;
    this.apps = apps;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.AUDIT_READ)
  public TemplateInstance list(@Context UriInfo uri, @QueryParam("before") String before) {
    Speech speech = visit.speech();
    AuditQuery query = AuditQuery.of(uri.getQueryParameters());
    Optional<Long> from =
        Optional.ofNullable(before).filter(text -> !text.isBlank()).map(AuditPages::position);
    List<AuditTrail.Written> found =
        audit.list(query.filter(speech.zone(), visit.reach()), from, ROWS + 1);
    boolean more = found.size() > ROWS;
    List<AuditTrail.Written> page = more ? found.subList(0, ROWS) : found;
    String older =
        more
            ? query.address().with("before", Long.toString(page.get(ROWS - 1).id())).toString()
            : "";
    return visit.inLanguage(
        Pages.audit(
            new AuditPage(
                visit.frame("audit"),
                query.form(apps.names(visit.reach()), speech),
                page.stream().map(entry -> row(entry, speech)).toList(),
                from.isPresent() ? query.address().toString() : "",
                older)));
  }

  private static AuditRow row(AuditTrail.Written written, Speech speech) {
    AuditTrail.Entry entry = written.entry();
    return new AuditRow(
        written.id(),
        speech.moment(written.at()),
        entry.who(),
        AuditWord.of(entry.action()).map(speech.words()::auditWord).orElse(""),
        entry.action(),
        entry.object(),
        object(entry.object(), speech),
        url(entry),
        ChangedParts.of(entry.before(), entry.after()));
  }

  /** The kind of the object in words, and its name: {@code run 48213 · billing/settle}. */
  private static String object(String object, Speech speech) {
    int space = object.indexOf(' ');
    return AuditObject.of(object)
        .filter(kind -> space > 0)
        .map(
            kind ->
                speech.words().auditObject(kind) + object.substring(space).replace(" of ", " · "))
        .orElse(object);
  }

  private static String url(AuditTrail.Entry entry) {
    Matcher job = JOB.matcher(entry.object());
    if (job.matches()) {
      return "/jobs/" + Address.encode(job.group(1)) + "/" + Address.encode(job.group(2));
    }
    Matcher app = APP.matcher(entry.object());
    if (app.matches()) {
      return "/apps/" + Address.encode(app.group(1));
    }
    Matcher run = RUN.matcher(entry.object());
    if (run.matches()) {
      return "/runs/" + run.group(1);
    }
    Matcher account = ACCOUNT.matcher(entry.object());
    return account.matches() ? "/accounts/" + Address.encode(account.group(1)) : "";
  }

  private static long position(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new BadRequestException(e);
    }
  }
}
