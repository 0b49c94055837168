package io.oasis.server.console;

import io.oasis.schedule.DurationText;
import io.oasis.server.app.Apps;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Role;
import io.oasis.server.identity.Token;
import io.oasis.server.identity.Tokens;
import io.oasis.ui.page.Pages;
import io.oasis.ui.page.TokensPage;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.Field;
import io.oasis.ui.row.TokenRow;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tokens of programs and executors. */
@Path("/tokens")
@Blocking
public class TokenPages {
  private static final String DEFAULT_LIFETIME = "90d";

  private final Visit visit;
  private final Tokens tokens;
  private final Apps apps;

  public TokenPages(Visit visit, Tokens tokens, Apps apps) {
    this.visit = visit;
    this.tokens = tokens;
    this.apps = apps;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.TOKEN_READ)
  public TemplateInstance list() {
    visit.requireAll();
    return page(
        "",
        new TokensPage.Form(
            false,
            Field.EMPTY,
            kinds(Token.Kind.API.name()),
            roles(Role.VIEWER.word()),
            Field.EMPTY,
            Field.of(DEFAULT_LIFETIME)));
  }

  /** Makes a token. Its secret is in the answer and nowhere else, so there is no redirect. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.TOKEN_WRITE)
  public Response create(MultivaluedMap<String, String> form) {
    visit.requireAll();
    TokensPage.Form typed = typed(form);
    boolean wrong =
        List.of(typed.name(), typed.app(), typed.lifetime()).stream()
            .anyMatch(field -> !field.problem().isEmpty());
    if (wrong) {
      return AccountPages.again(page("", typed));
    }
    Token.Kind kind =
        AccountForms.text(form, "kind").equals(Token.Kind.EXECUTOR.name())
            ? Token.Kind.EXECUTOR
            : Token.Kind.API;
    Optional<Role> role =
        kind == Token.Kind.EXECUTOR
            ? Optional.empty()
            : Role.parse(AccountForms.text(form, "role")).or(() -> Optional.of(Role.VIEWER));
    Tokens.Created made =
        tokens.create(
            new Tokens.NewToken(
                typed.name().value(),
                kind,
                role,
                Optional.of(typed.app().value()).filter(app -> !app.isEmpty()),
                lifetime(typed.lifetime().value()).orElseThrow()),
            visit.caller().who());
    TokensPage.Form next =
        new TokensPage.Form(
            false,
            Field.EMPTY,
            typed.kinds(),
            typed.roles(),
            Field.EMPTY,
            Field.of(DEFAULT_LIFETIME));
    return Response.ok(page(made.secret(), next).render()).build();
  }

  @POST
  @Path("{id}/revoke")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.TOKEN_WRITE)
  public Response revoke(@PathParam("id") String id) {
    visit.requireAll();
    if (!tokens.revoke(RunPages.runId(id), visit.caller().who())) {
      throw new NotFoundException();
    }
    return visit.said(Flash.Outcome.REVOKED, id, "/tokens");
  }

  private TokensPage.Form typed(MultivaluedMap<String, String> form) {
    Speech speech = visit.speech();
    String name = AccountForms.text(form, "name");
    String app = AccountForms.text(form, "app");
    String lifetime = AccountForms.text(form, "lifetime");
    return new TokensPage.Form(
        true,
        new Field(
            name,
            name.isEmpty() || name.length() > Tokens.MAX_NAME ? speech.people().nameMissing() : ""),
        kinds(AccountForms.text(form, "kind")),
        roles(AccountForms.text(form, "role")),
        new Field(
            app,
            app.isEmpty() || apps.find(app).isPresent() ? "" : speech.people().unknownApp(app)),
        new Field(lifetime, lifetime(lifetime).isPresent() ? "" : speech.people().wrongLifetime()));
  }

  private TemplateInstance page(String made, TokensPage.Form form) {
    return visit.inLanguage(
        Pages.tokens(
            new TokensPage(
                visit.frame("people"),
                tokens.list().stream().map(this::row).toList(),
                made,
                form)));
  }

  private TokenRow row(Token token) {
    Speech speech = visit.speech();
    return new TokenRow(
        token.id(),
        token.name(),
        kindWord(token.kind().name()),
        token.role().map(speech::role).orElse(""),
        token.app().orElse(""),
        token.createdBy(),
        speech.moment(token.createdAt()),
        speech.moment(token.expiresAt()),
        !token.expiresAt().isAfter(speech.now()),
        speech.moment(token.lastUsedAt()));
  }

  private static Optional<Duration> lifetime(String text) {
    return DurationText.parse(text).filter(Tokens::isLifetime);
  }

  private List<Choice> kinds(String chosen) {
    return List.of(Token.Kind.API.name(), Token.Kind.EXECUTOR.name()).stream()
        .map(kind -> new Choice(kind, kindWord(kind), kind.equals(chosen)))
        .toList();
  }

  private String kindWord(String kind) {
    return kind.equals(Token.Kind.EXECUTOR.name())
        ? visit.speech().people().kindExecutor()
        : visit.speech().people().kindApi();
  }

  private List<Choice> roles(String chosen) {
    return Arrays.stream(Role.values())
        .map(role -> new Choice(role.word(), visit.speech().role(role), role.word().equals(chosen)))
        .toList();
  }
}
