package io.oasis.server.api;

import io.oasis.manifest.JobKey;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Reach;
import io.oasis.server.time.DatabaseClock;
import io.oasis.server.verify.Finding;
import io.oasis.server.verify.Verification;
import io.oasis.server.verify.VerifyOutcome;
import io.oasis.server.verify.VerifyReport;
import io.oasis.server.verify.VerifyRequest;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** The proof of the ledger. */
@Path(Api.V1 + "/verify")
@Tag(name = "Runs")
public class VerifyResource {
  private static final Duration DAY = Duration.ofHours(24);

  private final Verification verification;
  private final DatabaseClock clock;
  private final SecurityIdentity identity;

  public VerifyResource(Verification verification, DatabaseClock clock, SecurityIdentity identity) {
    this.verification = verification;
    this.clock = clock;
    this.identity = identity;
  }

  /**
   * What is looked at.
   *
   * @param from nominal times at or after this; 24 hours ago when it is not given
   * @param to nominal times before this; now when it is not given
   */
  public record VerifyQuery(
      @RestQuery Optional<String> app,
      @RestQuery Optional<String> job,
      @RestQuery Optional<String> from,
      @RestQuery Optional<String> to) {}

  /**
   * What was found.
   *
   * @param from later than what was asked for where the history ends
   * @param clean there are no findings
   * @param nominalTimes in the window
   * @param outcomes what became of them
   * @param worst the run that was handed over the latest
   * @param found times by kind of finding: {@code gap}, {@code double}, {@code wrong_count}, {@code
   *     stray}, {@code overdue}, {@code overlap}, {@code unfinished}
   * @param findings the first thousand
   */
  public record VerifyJson(
      Instant from,
      Instant to,
      boolean clean,
      long jobs,
      long nominalTimes,
      List<OutcomeJson> outcomes,
      LateJson worst,
      Map<String, Long> found,
      List<FindingJson> findings) {}

  /** What became of some of the nominal times. */
  public record OutcomeJson(String state, String reason, long times, Instant first, Instant last) {}

  /** A run and how late it was handed over. */
  public record LateJson(String job, long run, long latenessMs) {}

  /** Something that is not as it must be. */
  public record FindingJson(
      String kind,
      String job,
      int revision,
      Instant from,
      Instant to,
      long count,
      Long run,
      String message) {}

  @GET
  @PermissionsAllowed(Permission.Name.RUN_READ)
  @Operation(
      summary = "Compares the ledger with the nominal times that the jobs' revisions had",
      description =
          "Reports times without a row, times with two, stretches with a wrong count, rows that"
              + " stand at no nominal time, overlapping runs of serial jobs, and runs past their"
              + " limits.")
  public VerifyJson verify(@BeanParam VerifyQuery query) {
    Optional<JobKey> job = query.job().map(Paging::job);
    Reach apps = Scope.narrow(identity, job.map(JobKey::app).or(query::app));
    Instant now = clock.instant();
    Instant to = query.to().map(text -> Paging.instant("to", text)).orElse(now);
    Instant from = query.from().map(text -> Paging.instant("from", text)).orElse(now.minus(DAY));
    if (!from.isBefore(to)) {
      throw ProblemException.invalidRequest("from must be before to");
    }
    VerifyRequest request = new VerifyRequest(from, to, apps, job.map(JobKey::name));
    return switch (verification.verify(request)) {
      case VerifyOutcome.Done(VerifyReport report) -> {
        if (job.isPresent() && report.jobs() == 0) {
          throw ProblemException.notFound("job " + job.get() + " in that time");
        }
        yield json(report);
      }
      case VerifyOutcome.TooMuch(long limit) ->
          throw new ProblemException(
              ErrorCode.INVALID_REQUEST,
              String.format(
                  Locale.ROOT, "the window holds more than %,d nominal times and rows", limit),
              "ask for a shorter time, for one app or for one job");
    };
  }

  private static VerifyJson json(VerifyReport report) {
    Map<String, Long> found = new TreeMap<>();
    report.found().forEach((kind, times) -> found.put(word(kind), times));
    return new VerifyJson(
        report.from(),
        report.until(),
        report.isClean(),
        report.jobs(),
        report.nominalTimes(),
        report.outcomes().stream().map(VerifyResource::json).toList(),
        report
            .worst()
            .map(late -> new LateJson(late.job().toString(), late.runId(), late.by().toMillis()))
            .orElse(null),
        found,
        report.findings().stream().map(VerifyResource::json).toList());
  }

  private static OutcomeJson json(VerifyReport.Outcome outcome) {
    return new OutcomeJson(
        outcome.state().name(),
        outcome.reason().map(Enum::name).orElse(null),
        outcome.times(),
        outcome.first(),
        outcome.last());
  }

  private static FindingJson json(Finding finding) {
    return new FindingJson(
        word(finding.kind()),
        finding.job().toString(),
        finding.revision(),
        finding.from(),
        finding.to(),
        finding.count(),
        finding.runId().orElse(null),
        finding.text());
  }

  private static String word(Finding.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
