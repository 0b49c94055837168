package io.oasis.server.identity;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What somebody may do, and where.
 *
 * @param everywhere the role in all apps, and in what belongs to no app; empty: none
 * @param byApp further roles by the name of the app; the stronger of the two counts
 */
public record Access(Optional<Role> everywhere, Map<String, Role> byApp) {
  /** May do nothing. */
  public static final Access NONE = new Access(Optional.empty(), Map.of());

  public Access {
    byApp = Map.copyOf(byApp);
  }

  /** A role in all apps. */
  public static Access everywhere(Role role) {
    return new Access(Optional.of(role), Map.of());
  }

  /** A role in one app only. */
  public static Access in(String app, Role role) {
    return new Access(Optional.empty(), Map.of(app, role));
  }

  /** True when there is an app in which it may, or when it may everywhere. */
  public boolean maySomewhere(Permission permission) {
    return mayEverywhere(permission)
        || byApp.values().stream().anyMatch(role -> role.may(permission));
  }

  /** True when it may in all apps, and in what belongs to no app. */
  public boolean mayEverywhere(Permission permission) {
    return everywhere.isPresent() && everywhere.get().may(permission);
  }

  /** True when it may in this app. */
  public boolean may(Permission permission, String app) {
    return mayEverywhere(permission) || (byApp.containsKey(app) && byApp.get(app).may(permission));
  }

  /** The apps in which it may. */
  public Reach reach(Permission permission) {
    if (mayEverywhere(permission)) {
      return new Reach.Everything();
    }
    TreeSet<String> apps = new TreeSet<>();
    byApp.forEach(
        (app, role) -> {
          if (role.may(permission)) {
            apps.add(app);
          }
        });
    return new Reach.Only(apps);
  }

  /** As audit entries and lists show it: {@code everywhere} and the names of apps as keys. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new TreeMap<>();
    byApp.forEach((app, role) -> facts.put(app, role.word()));
    everywhere.ifPresent(role -> facts.put("everywhere", role.word()));
    return facts;
  }
}
