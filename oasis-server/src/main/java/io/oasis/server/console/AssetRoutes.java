package io.oasis.server.console;

import io.oasis.ui.Assets;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Takes the hash out of the address of an asset: the file is where it always was. */
@ApplicationScoped
public class AssetRoutes {
  /** Before the static files. */
  private static final int FIRST = -100;

  private static final String VERSIONED =
      Assets.FOLDER + "/" + Assets.VERSION_MARK + "[0-9a-f]{8}/.+";

  void register(@Observes Router router) {
    router.getWithRegex(VERSIONED).order(FIRST).handler(AssetRoutes::strip);
  }

  private static void strip(RoutingContext context) {
    String path = context.normalizedPath();
    int end = path.indexOf('/', Assets.FOLDER.length() + 1);
    context.reroute(Assets.FOLDER + path.substring(end));
  }
}
