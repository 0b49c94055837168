package io.oasis.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.oasis.server.identity.Access;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Role;
import io.oasis.server.identity.TestAccounts;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Calls every route of REST and console as everybody who there is. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RouteWalkTest {
  /** Ends the caller's own session, so that the next route would be refused. */
  private static final List<String> ENDS_THE_SESSION =
      List.of("DELETE /api/v1/sessions/current", "POST /logout");

  @Inject TestAccounts accounts;

  /** One method and path with the permission that it names. */
  private record Route(
      String method, String path, Permission permission, boolean isForm, boolean isStream) {
    boolean isApi() {
      return path.startsWith("/api/");
    }

    String name() {
      return method + " " + path;
    }

    /**
     * Nothing of these names exists: a route that lets the caller in answers 404 and harms nothing.
     */
    Response call(Optional<String> token) {
      RequestSpecification request =
          given()
              .redirects()
              .follow(false)
              .contentType(isForm ? "application/x-www-form-urlencoded" : "application/json");
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
      return request.request(
          method, path.replaceAll("\\{(id|run)}", "0").replaceAll("\\{[^}]*}", "none"));
    }
  }

  @Test
  @DisplayName(
      "nobody gets in anywhere without signing in: REST answers 401, pages send to sign in")
  void nobody() {
    assertThat(routes())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            route -> {
              int status = route.call(Optional.empty()).statusCode();
              assertThat(status).as(route.name()).isEqualTo(route.isApi() ? 401 : 303);
            });
  }

  @Test
  @DisplayName("a person without any role is refused everywhere but at what is his own")
  void stranger() {
    refusedWhereTheRoleLacks("walk-stranger", Access.NONE, Optional.empty());
  }

  @Test
  @DisplayName("each role is refused exactly where it lacks the permission that the route names")
  void roles() {
    for (Role role : Role.values()) {
      refusedWhereTheRoleLacks("walk-" + role.word(), Access.everywhere(role), Optional.of(role));
    }
  }

  private void refusedWhereTheRoleLacks(String name, Access access, Optional<Role> role) {
    String token = accounts.session(name, access);
    List<String> wrong = new ArrayList<>();
    for (Route route : routes()) {
      boolean may = role.filter(r -> r.may(route.permission())).isPresent();
      // What a caller is let in to by GET and ends, or never ends, is not called when it would be
      // let in.
      if (may && (route.isStream() || ENDS_THE_SESSION.contains(route.name()))) {
        continue;
      }
      int status = route.call(Optional.of(token)).statusCode();
      boolean refused = status == 403;
      if (refused == may || status == 401 || status >= 500) {
        wrong.add(route.name() + " answers " + status + " to " + name);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<Route> routes() {
    // From the folder: the class loader of the running application has no files to read.
    return new ClassFileImporter()
            .importPaths(
                Paths.get("target/classes/io/oasis/server/api"),
                Paths.get("target/classes/io/oasis/server/console"))
            .stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
            .flatMap(method -> route(method).stream())
            .toList();
  }

  private static Optional<Route> route(JavaMethod method) {
    JavaClass owner = method.getOwner();
    Optional<Permission> permission =
        Stream.of(
                method.tryGetAnnotationOfType(PermissionsAllowed.class),
                owner.tryGetAnnotationOfType(PermissionsAllowed.class))
            .flatMap(o -> o.isPresent() ? Stream.of(o.get()) : Stream.empty())
            .findFirst()
            .flatMap(named -> Permission.parse(named.value()[0]));
    String verb =
        method.getAnnotations().stream()
            .map(annotation -> annotation.getRawType().getSimpleName())
            .filter(word -> List.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(word))
            .findFirst()
            .orElseThrow()
            .toUpperCase(Locale.ROOT);
    String path =
        String.join(
                "/",
                "",
                pathOf(owner.tryGetAnnotationOfType(Path.class)),
                pathOf(method.tryGetAnnotationOfType(Path.class)))
            .replaceAll("/+", "/");
    boolean isForm =
        method
            .tryGetAnnotationOfType(Consumes.class)
            .filter(c -> Arrays.asList(c.value()).contains("application/x-www-form-urlencoded"))
            .isPresent();
    boolean isStream =
        method
            .tryGetAnnotationOfType(Produces.class)
            .filter(p -> Arrays.asList(p.value()).contains("text/event-stream"))
            .isPresent();
    String clean =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return permission.map(p -> new Route(verb, clean, p, isForm, isStream));
  }

  private static String pathOf(Optional<Path> annotation) {
    return annotation.map(Path::value).orElse("");
  }
}
