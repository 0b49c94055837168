package io.oasis.server.oidc;

import io.oasis.server.identity.Access;
import io.oasis.server.identity.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which roles a provider's groups give.
 *
 * @param rules in no order: of several roles in one place, the strongest counts
 */
record GroupRoles(List<Rule> rules) {

  /**
   * One group's role.
   *
   * @param app where; empty: everywhere
   */
  record Rule(String group, Optional<String> app, Role role) {}

  /**
   * Reads {@code group=role} and {@code group=app:role}, separated by commas.
   *
   * @throws IllegalArgumentException for anything else, with what is wrong
   */
  static GroupRoles parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        rules.add(rule(part.strip()));
      }
    }
    return new GroupRoles(rules);
  }

  /** What somebody of these groups may do. */
  Access of(Collection<String> groups, Optional<Role> atLeast) {
    Optional<Role> everywhere = atLeast;
    Map<String, Role> byApp = new TreeMap<>();
    for (Rule rule : rules) {
      if (groups.contains(rule.group())) {
        if (rule.app().isPresent()) {
          byApp.merge(rule.app().get(), rule.role(), GroupRoles::stronger);
        } else {
          everywhere =
              Optional.of(everywhere.map(r -> stronger(r, rule.role())).orElse(rule.role()));
        }
      }
    }
    return new Access(everywhere, byApp);
  }

  private static Role stronger(Role one, Role other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Rule rule(String part) {
    int equals = part.lastIndexOf('=');
    String where = equals < 0 ? "" : part.substring(equals + 1).strip();
    int colon = where.indexOf(':');
    Optional<Role> role = Role.parse(where.substring(colon + 1));
    if (equals <= 0 || role.isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + part + "\" is not group=role or group=app:role with a role that exists");
    }
    return new Rule(
        part.substring(0, equals).strip(),
        colon < 0 ? Optional.empty() : Optional.of(where.substring(0, colon).strip()),
        role.get());
  }
}
