package io.oasis.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.oasis.server.identity.Permission;
import io.quarkus.security.PermissionsAllowed;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoutePermissionTest {

  @Test
  @DisplayName("every route names one permission that exists, or says that anybody may call it")
  void everyRouteNamesItsPermission() {
    List<JavaMethod> routes = routes();
    assertThat(routes).isNotEmpty();
    List<String> silent = new ArrayList<>();
    for (JavaMethod route : routes) {
      Optional<PermissionsAllowed> named = permission(route);
      boolean open = route.isAnnotatedWith(PermitAll.class) && named.isEmpty();
      boolean closed =
          named.isPresent()
              && named.get().value().length == 1
              && Permission.parse(named.get().value()[0]).isPresent();
      if (!open && !closed) {
        silent.add(route.getFullName());
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  @DisplayName(
      "anybody may sign in and ask for the version and the schema, and nothing else of the API")
  void openRoutes() {
    List<String> open =
        routes().stream()
            .filter(route -> route.getOwner().getPackageName().endsWith(".api"))
            .filter(route -> route.isAnnotatedWith(PermitAll.class))
            .map(route -> route.getOwner().getSimpleName() + "." + route.getName())
            .toList();
    assertThat(open)
        .containsExactlyInAnyOrder(
            "SessionResource.signIn", "VersionResource.version", "SchemaResource.schema");
  }

  private static Optional<PermissionsAllowed> permission(JavaMethod route) {
    if (route.isAnnotatedWith(PermissionsAllowed.class)) {
      return Optional.of(route.getAnnotationOfType(PermissionsAllowed.class));
    }
    JavaClass owner = route.getOwner();
    return owner.isAnnotatedWith(PermissionsAllowed.class)
            && !route.isAnnotatedWith(PermitAll.class)
        ? Optional.of(owner.getAnnotationOfType(PermissionsAllowed.class))
        : Optional.empty();
  }

  private static List<JavaMethod> routes() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.oasis.server")
            .stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
            .toList();
  }
}
