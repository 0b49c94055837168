package io.oasis.cli.client;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.manifest.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The server said no, as {@code application/problem+json}. */
public final class ApiRefusal extends CliFailure {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<Problem> findings;

  private ApiRefusal(int status, String line, List<Problem> findings) {
    super(exitOf(status), line, findings.stream().map(Problem::toString).toList(), null);
    this.status = status;
    this.findings = findings;
  }

  /** The same refusal, each of its findings moved to where the user can correct it. */
  public ApiRefusal located(UnaryOperator<Problem> move) {
    return new ApiRefusal(status, getMessage(), findings.stream().map(move).toList());
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The one place where the server's answers become exit codes. */
  static ExitCode exitOf(int status) {
    return switch (status) {
      case 400, 413, 422 -> ExitCode.INVALID;
      case 401, 403 -> ExitCode.NOT_ALLOWED;
      case 409, 412 -> ExitCode.CONFLICT;
      default -> ExitCode.ERROR;
    };
  }

  /** Reads a problem document. */
  static ApiRefusal of(Endpoint endpoint, int status, Facts problem) {
    List<Problem> findings = problem.list("errors").stream().map(ApiRefusal::finding).toList();
    return new ApiRefusal(status, line(endpoint, problem, findings.size()), findings);
  }

  /** Reads a problem document about something that is not there. */
  static ApiRefusal notFound(Endpoint endpoint, Facts problem, Optional<String> near) {
    String meant = near.map(name -> "; did you mean " + name + "?").orElse("");
    return new ApiRefusal(404, line(endpoint, problem, 0) + meant, List.of());
  }

  private static Problem finding(Facts error) {
    return new Problem(
        error.optional("file").orElse("-"),
        (int) error.number("line"),
        (int) error.number("column"),
        error.text("path"),
        error.text("message"),
        error.optional("hint"));
  }

  private static String line(Endpoint endpoint, Facts problem, int findings) {
    String server = endpoint.server();
    return switch (problem.text("code")) {
      case "token_expired" ->
          "%s has expired; %s".formatted(endpoint.tokenFrom().words(), loginAdvice(endpoint));
      case "unauthenticated" ->
          endpoint.token().isEmpty()
              ? "not logged in to %s; log in with: oasis login --server %s"
                  .formatted(server, server)
              : "%s does not accept %s; %s"
                  .formatted(server, endpoint.tokenFrom().words(), loginAdvice(endpoint));
      case "bad_credentials" -> "wrong user name or password for " + server;
      case "forbidden" -> "not allowed: " + said(problem);
      case "stale_plan" ->
          findings == 0
              ? said(problem)
              : "the plan is stale, nothing was changed; make a new plan and look at it";
      default ->
          findings == 0
              ? said(problem)
              : "%d %s, nothing was changed"
                  .formatted(findings, findings == 1 ? "error" : "errors");
    };
  }

  private static String loginAdvice(Endpoint endpoint) {
    String login = "oasis login --server " + endpoint.server();
    return switch (endpoint.tokenFrom()) {
      case ENVIRONMENT -> "set a new one, or unset it and log in with: " + login;
      case FLAG -> "give a new one, or log in with: " + login;
      case NOWHERE, LOGIN -> "log in with: " + login;
    };
  }

  private static String said(Facts problem) {
    String what = problem.optional("detail").orElse(problem.text("title"));
    return problem.optional("hint").map(hint -> what + "; " + hint).orElse(what);
  }
}
