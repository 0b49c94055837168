package io.oasis.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.identity.Access;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Token;
import io.oasis.server.identity.TokenIdentityProvider;
import io.oasis.server.identity.TokenMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns everything that can go wrong in a request into problem+json, or one plain line on pages.
 */
public class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private final CurrentIdentityAssociation identity;

  public ProblemMappers(CurrentIdentityAssociation identity) {
    this.identity = identity;
  }

  @ServerExceptionMapper
  public Response problem(ProblemException e, RoutingContext context) {
    return answer(e.problem(), context);
  }

  @ServerExceptionMapper
  public Response unauthenticated(UnauthorizedException e, RoutingContext context) {
    return challenge(
        Problem.of(
            ErrorCode.UNAUTHENTICATED,
            "the request carries no token",
            "send 'Authorization: Bearer <token>'; sign in with 'oasis login'",
            null),
        context);
  }

  @ServerExceptionMapper
  public Response refused(AuthenticationFailedException e, RoutingContext context) {
    boolean expired = Boolean.TRUE.equals(e.getAttribute(TokenIdentityProvider.EXPIRED));
    return challenge(
        expired
            ? Problem.of(
                ErrorCode.TOKEN_EXPIRED,
                "the token has expired",
                "sign in again with 'oasis login'",
                null)
            : Problem.of(
                ErrorCode.UNAUTHENTICATED,
                "the token is not known",
                "check the token, or sign in with 'oasis login'",
                null),
        context);
  }

  @ServerExceptionMapper
  public Response forbidden(ForbiddenException e, RoutingContext context) {
    SecurityIdentity who = identity.getIdentity();
    String detail =
        Caller.find(who)
            .filter(caller -> caller.kind() != Token.Kind.EXECUTOR)
            .map(caller -> roles(caller.access()) + lacks(who))
            .orElse("executor tokens open the executor channel only");
    return answer(Problem.of(ErrorCode.FORBIDDEN, detail), context);
  }

  private static String roles(Access access) {
    if (access.byApp().isEmpty()) {
      return access.everywhere().map(role -> "the role " + role.word()).orElse("no role");
    }
    return "each of the roles " + access.facts();
  }

  @ServerExceptionMapper
  public Response database(DatabaseException e, RoutingContext context) {
    if (e.isUnavailable()) {
      LOG.warnf("database unavailable: %s", e.getMessage());
      return answer(
          Problem.of(
              ErrorCode.UNAVAILABLE, "the database cannot be reached", "try again soon", null),
          context);
    }
    if (e.isUnstorableText()) {
      return answer(
          Problem.of(ErrorCode.INVALID_REQUEST, "a text holds the character NUL"), context);
    }
    return defect(e, context);
  }

  @ServerExceptionMapper
  public Response json(JsonProcessingException e, RoutingContext context) {
    return answer(Problem.of(ErrorCode.INVALID_REQUEST, jsonDetail(e)), context);
  }

  /** Named for itself, because Quarkus has an answer of its own for this one. */
  @ServerExceptionMapper
  public Response mismatch(MismatchedInputException e, RoutingContext context) {
    return json(e, context);
  }

  /** What the REST layer itself refuses: unknown paths, wrong methods and media types, bad JSON. */
  @ServerExceptionMapper
  public Response refusedByRest(WebApplicationException e, RoutingContext context) {
    if (e.getCause() instanceof JsonProcessingException bad) {
      return json(bad, context);
    }
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    String path = context.request().path();
    Problem problem =
        switch (status) {
          case 404 -> Problem.of(ErrorCode.NOT_FOUND, "nothing is at " + path);
          case 405 ->
              Problem.of(
                  ErrorCode.INVALID_REQUEST,
                  path + " does not take " + context.request().method().name());
          case 413 -> Problem.of(ErrorCode.TOO_LARGE, "the request is too large");
          case 415 ->
              Problem.of(ErrorCode.INVALID_REQUEST, "the body must be application/json in UTF-8");
          case 503 -> Problem.of(ErrorCode.UNAVAILABLE, "try again soon");
          default ->
              status < 500
                  ? Problem.of(ErrorCode.INVALID_REQUEST, "the request cannot be understood")
                  : Problem.of(ErrorCode.INTERNAL, "the server could not answer");
        };
    return answer(problem, status, context);
  }

  @ServerExceptionMapper
  public Response defect(Throwable e, RoutingContext context) {
    LOG.errorf(e, "%s %s failed", context.request().method(), context.request().path());
    return answer(
        Problem.of(ErrorCode.INTERNAL, "the server failed at this; its log says why", null, null),
        context);
  }

  private static String lacks(SecurityIdentity who) {
    return Caller.deniedPermission(who)
        .map(needed -> " does not have the permission " + needed)
        .orElse(" may not do this");
  }

  private static String jsonDetail(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr();
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown field '" + unknown.getPropertyName() + "'" + where;
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String field =
          mapping.getPath().stream()
              .map(part -> part.getFieldName() == null ? "[]" : part.getFieldName())
              .collect(Collectors.joining("."));
      return "the field '" + field + "' has a wrong type" + where;
    }
    return "the body is not valid JSON" + where;
  }

  private static Response challenge(Problem problem, RoutingContext context) {
    ChallengeData challenge = TokenMechanism.challenge(context.request());
    if (TokenMechanism.isApi(context.request().path())) {
      return Response.fromResponse(answer(problem, context))
          .header(challenge.headerName.toString(), challenge.headerContent)
          .build();
    }
    return Response.status(challenge.status)
        .header(challenge.headerName.toString(), challenge.headerContent)
        .build();
  }

  private static Response answer(Problem problem, RoutingContext context) {
    return answer(problem, problem.status(), context);
  }

  private static Response answer(Problem problem, int status, RoutingContext context) {
    if (TokenMechanism.isApi(context.request().path())) {
      return Response.status(status)
          .type(Problem.MEDIA_TYPE)
          .entity(problem.withStatus(status))
          .build();
    }
    return Response.status(status)
        .type("text/plain;charset=UTF-8")
        .entity(problem.title() + ": " + problem.detail() + "\n")
        .build();
  }
}
