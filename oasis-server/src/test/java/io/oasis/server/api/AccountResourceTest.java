package io.oasis.server.api;

import static io.oasis.server.api.Rest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class AccountResourceTest {
  private static final String PASSWORD = "long-enough-secret";

  private String admin;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
  }

  private void create(String name, String roles) {
    as(admin)
        .body("{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\", " + roles + "}")
        .post("/api/v1/accounts")
        .then()
        .statusCode(201);
  }

  @Test
  @DisplayName("an account is made, signs in, is changed, and ends; each is in the audit trail")
  void life() {
    create("life", "\"role\": \"viewer\", \"email\": \"life@example.com\"");
    String session = Rest.session("life", PASSWORD);
    as(session).get("/api/v1/me").then().statusCode(200).body("role", equalTo("viewer"));
    as(session).get("/api/v1/accounts").then().statusCode(403);
    as(admin)
        .body("{\"role\": \"none\", \"appRoles\": {\"billing\": \"editor\"}}")
        .patch("/api/v1/accounts/life")
        .then()
        .statusCode(200)
        .body("role", nullValue())
        .body("appRoles.billing", equalTo("editor"))
        .body("email", equalTo("life@example.com"));
    as(admin).delete("/api/v1/accounts/life").then().statusCode(204);
    as(session).get("/api/v1/me").then().statusCode(401);
    as(admin)
        .get("/api/v1/audit?object=account life")
        .then()
        .statusCode(200)
        .body("items.action", hasItem("account.create"))
        .body("items.action", hasItem("account.delete"))
        .body(
            "items.find { it.action == 'account.update' }.before.roles.everywhere",
            equalTo("viewer"))
        .body(
            "items.find { it.action == 'account.update' }.after.roles.billing", equalTo("editor"));
  }

  @Test
  @DisplayName("what cannot be a mail address is refused at its field, when made and when changed")
  void wrongEmail() {
    for (String email : new String[] {"zz", "a@b@c", "li@example.com,x@y.z", "a b@example.com"}) {
      as(admin)
          .body(
              "{\"name\": \"mailless\", \"password\": \"%s\", \"email\": \"%s\"}"
                  .formatted(PASSWORD, email))
          .post("/api/v1/accounts")
          .then()
          .statusCode(400)
          .body("field", equalTo("email"))
          .body("detail", containsString("one address such as li@example.com"))
          .body("hint", equalTo("write one, or none"));
    }
    as(admin).get("/api/v1/accounts/mailless").then().statusCode(404);
    create("mailless", "\"email\": \"mailless@example.com\"");
    as(admin)
        .body("{\"email\": \"zz\", \"role\": \"viewer\"}")
        .patch("/api/v1/accounts/mailless")
        .then()
        .statusCode(400)
        .body("field", equalTo("email"));
    as(admin)
        .get("/api/v1/accounts/mailless")
        .then()
        .body("email", equalTo("mailless@example.com"))
        .body("role", nullValue());
    as(admin)
        .body("{\"email\": \"\"}")
        .patch("/api/v1/accounts/mailless")
        .then()
        .statusCode(200)
        .body("email", nullValue());
  }

  @Test
  @DisplayName("the last administrator can be neither demoted, nor switched off, nor ended")
  void lastAdministrator() {
    List<String> others =
        as(admin)
            .get("/api/v1/accounts")
            .jsonPath()
            .getList("items.findAll { it.role == 'admin' && it.name != 'admin' }.name");
    for (String other : others) {
      as(admin).delete("/api/v1/accounts/" + other).then().statusCode(204);
    }
    for (String change : new String[] {"{\"role\": \"editor\"}", "{\"disabled\": true}"}) {
      as(admin)
          .body(change)
          .patch("/api/v1/accounts/admin")
          .then()
          .statusCode(409)
          .body("detail", equalTo("admin is the last administrator"))
          .body("hint", containsString("first"));
    }
    as(admin).delete("/api/v1/accounts/admin").then().statusCode(409);
  }

  @Test
  @DisplayName("a new password ends all sessions; one's own new password all but this one")
  void passwords() {
    create("pass", "\"role\": \"viewer\"");
    String here = Rest.session("pass", PASSWORD);
    String elsewhere = Rest.session("pass", PASSWORD);
    as(here)
        .body("{\"present\": \"wrong\", \"password\": \"another-long-one\"}")
        .post("/api/v1/me/password")
        .then()
        .statusCode(400)
        .body("detail", containsString("present"));
    as(here)
        .body("{\"present\": \"" + PASSWORD + "\", \"password\": \"another-long-one\"}")
        .post("/api/v1/me/password")
        .then()
        .statusCode(204);
    as(here).get("/api/v1/me").then().statusCode(200);
    as(elsewhere).get("/api/v1/me").then().statusCode(401);
    as(admin)
        .body("{\"password\": \"a-third-password\"}")
        .post("/api/v1/accounts/pass/password")
        .then()
        .statusCode(204);
    as(here).get("/api/v1/me").then().statusCode(401);
    Rest.session("pass", "a-third-password");
  }

  @Test
  @DisplayName("signing an account out everywhere ends its sessions and not the account")
  void signOutEverywhere() {
    create("everywhere", "\"role\": \"viewer\"");
    String session = Rest.session("everywhere", PASSWORD);
    as(admin).delete("/api/v1/accounts/everywhere/sessions").then().statusCode(204);
    as(session).get("/api/v1/me").then().statusCode(401);
    Rest.session("everywhere", PASSWORD);
  }

  @Test
  @DisplayName("what cannot be an account is refused with its reason, and nothing is made")
  void wrongInput() {
    String[][] wrong = {
      {"{\"name\": \"a b\", \"password\": \"" + PASSWORD + "\"}", "name must start"},
      {"{\"name\": \"short\", \"password\": \"123456789\"}", "at least 10"},
      {"{\"name\": \"samesamesame\", \"password\": \"SameSameSame\"}", "not be the name"},
      {"{\"name\": \"long\", \"password\": \"" + "x".repeat(73) + "\"}", "at most 72"},
      {"{\"name\": \"r\", \"password\": \"" + PASSWORD + "\", \"role\": \"root\"}", "not 'root'"},
      {"{\"name\": \"r\"}", "password"}
    };
    for (String[] row : wrong) {
      as(admin)
          .body(row[0])
          .post("/api/v1/accounts")
          .then()
          .statusCode(400)
          .body("detail", containsString(row[1]));
    }
    as(admin).get("/api/v1/accounts/r").then().statusCode(404);
    create("taken", "\"role\": \"viewer\"");
    as(admin)
        .body("{\"name\": \"taken\", \"password\": \"" + PASSWORD + "\"}")
        .post("/api/v1/accounts")
        .then()
        .statusCode(409);
  }

  @Test
  @DisplayName("an API token that is called like an account cannot change its password")
  void tokenIsNoPerson() {
    create("robot", "\"role\": \"viewer\"");
    String token =
        as(admin)
            .body("{\"name\": \"robot\", \"kind\": \"API\", \"role\": \"viewer\"}")
            .post("/api/v1/tokens")
            .then()
            .statusCode(201)
            .extract()
            .path("token");
    as(token)
        .body("{\"present\": \"" + PASSWORD + "\", \"password\": \"another-long-one\"}")
        .post("/api/v1/me/password")
        .then()
        .statusCode(400);
  }

  @Test
  @DisplayName("the audit trail shows an app's operator the entries of that app only")
  void auditWithinApp() {
    create("auditor", "\"appRoles\": {\"audit-a\": \"operator\"}");
    as(admin)
        .body(
            """
            {"files": [{"name": "a.yaml", "content": "apiVersion: oasis/v1\\nkind: App\\n\
            metadata: {name: audit-a}\\nspec: {title: A}\\n---\\napiVersion: oasis/v1\\nkind: App\\n\
            metadata: {name: audit-b}\\nspec: {title: B}\\n"}]}""")
        .post("/api/v1/apply")
        .then()
        .statusCode(200);
    String session = Rest.session("auditor", PASSWORD);
    as(session)
        .get("/api/v1/audit")
        .then()
        .statusCode(200)
        .body("items.object", hasItem("app audit-a"))
        .body("items.object", everyItem(equalTo("app audit-a")));
    as(session).get("/api/v1/audit?app=audit-b").then().statusCode(403);
  }
}
