package io.oasis.server.api;

import java.util.Locale;

/** Everything that can go wrong, as callers tell it apart. Words and statuses never change. */
public enum ErrorCode {
  /** Manifests that are wrong; the problem lists every error. */
  INVALID(422, "The manifests are not valid"),
  /** A request that cannot be understood: parameters, JSON, media type. */
  INVALID_REQUEST(400, "The request is not valid"),
  /** No token, or one that is not known. */
  UNAUTHENTICATED(401, "Not signed in"),
  /** The token has ended. */
  TOKEN_EXPIRED(401, "The token has expired"),
  /** Wrong name or password. */
  BAD_CREDENTIALS(401, "Wrong name or password"),
  /** The caller is known and may not do this. */
  FORBIDDEN(403, "Not allowed"),
  /** No such thing, or no such route. */
  NOT_FOUND(404, "Not found"),
  /** Something else owns it, uses it, or is in the way. */
  CONFLICT(409, "Conflict"),
  /** What the plan was made from has changed. */
  STALE_PLAN(409, "The plan is stale"),
  /** Somebody else saved a newer revision than the one that was edited. */
  STALE_REVISION(412, "Somebody else saved it first"),
  /** More than a request may carry. */
  TOO_LARGE(413, "Too large"),
  /** Too many failed attempts. */
  THROTTLED(429, "Too many attempts"),
  /** The database cannot be reached. */
  UNAVAILABLE(503, "Unavailable"),
  /** The mail server does not take mails, or there is none. */
  MAIL_FAILED(502, "The mail was not sent"),
  /** A defect of the server. */
  INTERNAL(500, "Internal error");

  private final int status;
  private final String title;

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A short sentence for people, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** As it is written in a problem: {@code not_found}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
