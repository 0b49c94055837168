package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The body of every error, RFC 9457.
 *
 * @param type always {@code about:blank}: the code tells problems apart
 * @param title the same for every problem of the code
 * @param status of HTTP
 * @param code one of {@link ErrorCode}
 * @param detail one line that says what is wrong here
 * @param field the parameter, header or field of the body that it is about; absent for the rest
 * @param hint one line that says what to do; absent when there is nothing to say
 * @param errors places in manifests, or objects; absent for other problems
 * @param conflict the three versions of a job that somebody else saved first
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    String field,
    String hint,
    List<Place> errors,
    ConflictJson conflict) {
  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(ErrorCode code, String detail) {
    return of(code, detail, null, null);
  }

  static Problem of(ErrorCode code, String detail, String hint, List<Place> errors) {
    return new Problem(
        "about:blank", code.title(), code.status(), code.word(), detail, null, hint, errors, null);
  }

  static Problem field(ErrorCode code, String field, String detail, String hint) {
    return new Problem(
        "about:blank", code.title(), code.status(), code.word(), detail, field, hint, null, null);
  }

  Problem withConflict(ConflictJson views) {
    return new Problem(type, title, status, code, detail, field, hint, errors, views);
  }

  Problem withStatus(int other) {
    return new Problem(type, title, other, code, detail, field, hint, errors, conflict);
  }

  /**
   * One error in a manifest.
   *
   * @param line 1-based; 0: the whole file
   * @param column 1-based; 0: the whole file
   * @param path of the field; may be empty
   * @param code of what is wrong, for example {@code unknown_field}: never changes; absent where
   *     there is only a text
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Place(
      String file, int line, int column, String path, String code, String message, String hint) {}

  /**
   * A save that came too late.
   *
   * @param base what was edited; absent when that job is gone
   * @param theirs as it is now
   * @param yours what was to be saved
   * @param fields every field that is not the same in all three
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ConflictJson(
      VersionJson base, VersionJson theirs, VersionJson yours, List<ThreeWayField> fields) {}

  /** One version of a job; what is to be saved has no revision yet. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VersionJson(
      Integer revision,
      String author,
      Instant at,
      Map<String, String> labels,
      Map<String, Object> spec) {}

  /**
   * One field in three versions; null: not there.
   *
   * @param conflict true when both changed it, to different values
   */
  @RegisterForReflection
  public record ThreeWayField(
      String path, String base, String theirs, String yours, boolean conflict) {}
}
