package io.oasis.server.api;

import io.oasis.manifest.JobKey;
import io.oasis.schedule.Stretch;
import io.oasis.server.identity.Permission;
import io.oasis.server.verify.Explainer;
import io.oasis.server.verify.Explanation;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Why a job ran or did not run. */
@Path(Api.V1 + "/jobs/{app}/{name}/explain")
@Tag(name = "Jobs")
public class ExplainResource {
  private final Explainer explainer;
  private final SecurityIdentity identity;

  public ExplainResource(Explainer explainer, SecurityIdentity identity) {
    this.explainer = explainer;
    this.identity = identity;
  }

  /**
   * Why a job ran, ran late or did not run at one time.
   *
   * @param zone of the job's schedule; the texts speak of its local times
   * @param verdict {@code ran}, {@code ran_late}, {@code ran_badly}, {@code running}, {@code
   *     waiting}, {@code did_not_run}, {@code not_yet}, {@code no_such_time}, {@code no_job},
   *     {@code gap}
   * @param run of the time, or the row that stands for a stretch
   * @param stretch set when the time is one of several in one row
   * @param before the nominal time before, for a time that is none
   * @param after the nominal time after, for a time that is none
   */
  public record ExplanationJson(
      String job,
      Instant at,
      String zone,
      String verdict,
      String summary,
      Integer revision,
      Long run,
      RunJson.StretchJson stretch,
      List<LineJson> lines,
      LineJson before,
      LineJson after) {}

  /** Something that happened, and when. */
  public record LineJson(Instant at, String text) {
    static LineJson of(Explanation.Line line) {
      return new LineJson(line.at(), line.text());
    }
  }

  @GET
  @PermissionsAllowed(Permission.Name.RUN_READ)
  @Operation(summary = "Why the job ran, ran late or did not run at a time")
  public ExplanationJson explain(
      @RestPath String app, @RestPath String name, @RestQuery Optional<String> at) {
    Scope.require(identity, app);
    JobKey key = new JobKey(app, name);
    String time =
        at.orElseThrow(() -> ProblemException.invalidRequest("at is missing: which time"));
    Optional<Explanation> explanation =
        local(time)
            .map(local -> explainer.explain(key, local))
            .orElseGet(() -> explainer.explain(key, instant(time)));
    return explanation
        .map(ExplainResource::json)
        .orElseThrow(() -> ProblemException.notFound("job " + key));
  }

  private static Optional<LocalDateTime> local(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw ProblemException.invalidRequest(
          "at must be a time such as 2026-11-22T02:30 in the job's zone or 2026-11-21T18:30:00Z,"
              + " not '"
              + text
              + "'");
    }
  }

  private static ExplanationJson json(Explanation e) {
    return new ExplanationJson(
        e.job().toString(),
        e.at(),
        e.zone().getId(),
        e.verdict().name().toLowerCase(Locale.ROOT),
        e.summary(),
        e.revision().orElse(null),
        e.runId().orElse(null),
        e.stretch().map(ExplainResource::stretch).orElse(null),
        e.lines().stream().map(LineJson::of).toList(),
        e.before().map(LineJson::of).orElse(null),
        e.after().map(LineJson::of).orElse(null));
  }

  private static RunJson.StretchJson stretch(Stretch stretch) {
    return new RunJson.StretchJson(stretch.first(), stretch.last(), stretch.count());
  }
}
