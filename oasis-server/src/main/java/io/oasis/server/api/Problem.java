package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * The body of every error, RFC 9457.
 *
 * @param type always {@code about:blank}: the code tells problems apart
 * @param title the same for every problem of the code
 * @param status of HTTP
 * @param code one of {@link ErrorCode}
 * @param detail one line that says what is wrong here
 * @param hint one line that says what to do; absent when there is nothing to say
 * @param errors places in manifests; absent for other problems
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    String hint,
    List<Place> errors) {
  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(ErrorCode code, String detail) {
    return of(code, detail, null, null);
  }

  static Problem of(ErrorCode code, String detail, String hint, List<Place> errors) {
    return new Problem(
        "about:blank", code.title(), code.status(), code.word(), detail, hint, errors);
  }

  /**
   * One error in a manifest.
   *
   * @param line 1-based; 0: the whole file
   * @param column 1-based; 0: the whole file
   * @param path of the field; may be empty
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Place(
      String file, int line, int column, String path, String message, String hint) {}
}
