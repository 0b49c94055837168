package io.oasis.server.api;

/** Ends a request with a problem. Only resources throw it: features answer with values. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    // An answer, not a defect: no stack trace is taken.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  ProblemException(ErrorCode code, String detail) {
    this(Problem.of(code, detail));
  }

  ProblemException(ErrorCode code, String detail, String hint) {
    this(Problem.of(code, detail, hint, null));
  }

  Problem problem() {
    return problem;
  }

  static ProblemException notFound(String what) {
    return new ProblemException(ErrorCode.NOT_FOUND, "there is no " + what);
  }

  static ProblemException invalidField(String field, String detail, String hint) {
    return new ProblemException(Problem.field(ErrorCode.INVALID_REQUEST, field, detail, hint));
  }

  static ProblemException invalidRequest(String detail) {
    return new ProblemException(ErrorCode.INVALID_REQUEST, detail);
  }
}
