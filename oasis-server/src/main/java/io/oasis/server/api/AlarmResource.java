package io.oasis.server.api;

import io.oasis.manifest.MailAddress;
import io.oasis.server.alarm.Language;
import io.oasis.server.alarm.SendResult;
import io.oasis.server.alarm.TestMail;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whether alarms reach people. */
@Path(Api.V1 + "/alarms")
@Tag(name = "Alarms")
public class AlarmResource {
  private final TestMail mail;
  private final SecurityIdentity identity;

  public AlarmResource(TestMail mail, SecurityIdentity identity) {
    this.mail = mail;
    this.identity = identity;
  }

  /**
   * Asks for a test mail.
   *
   * @param language {@code en} or {@code zh-CN}; null: the server's
   */
  public record TestJson(String to, String language) {}

  /** The mail server took the mail. */
  public record TestedJson(String to, boolean sent) {}

  @POST
  @Path("/test")
  @Blocking
  @PermissionsAllowed(Permission.Name.ALARM_TEST)
  @Operation(summary = "Sends a test mail now, and says what the mail server answered")
  public TestedJson test(TestJson wanted) {
    Scope.requireAll(identity);
    String to = wanted == null || wanted.to() == null ? "" : wanted.to().strip();
    if (!MailAddress.isValid(to)) {
      throw ProblemException.invalidRequest("to must be an address such as li@example.com");
    }
    Optional<Language> language =
        Optional.ofNullable(wanted.language()).map(AlarmResource::language);
    if (!mail.isPossible()) {
      throw new ProblemException(
          ErrorCode.MAIL_FAILED,
          "no mail server is configured",
          "set OASIS_MAIL_HOST and OASIS_MAIL_FROM, and start the server again");
    }
    return switch (mail.send(to, language, Caller.of(identity).who())) {
      case SendResult.Sent() -> new TestedJson(to, true);
      case SendResult.Refused(String why) -> throw new ProblemException(ErrorCode.MAIL_FAILED, why);
      case SendResult.NotNow(String why) ->
          throw new ProblemException(
              ErrorCode.MAIL_FAILED,
              why,
              "check OASIS_MAIL_HOST, _PORT, _TLS, _USER and _PASSWORD");
    };
  }

  private static Language language(String tag) {
    return Language.parse(tag)
        .orElseThrow(() -> ProblemException.invalidRequest("language must be en or zh-CN"));
  }
}
