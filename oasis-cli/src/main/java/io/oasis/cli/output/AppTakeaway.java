package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what goes with an app that is removed by force. */
public final class AppTakeaway {
  private AppTakeaway() {}

  /** What goes, as the server counts it; empty when it is nothing. */
  public static String of(Facts counts) {
    List<String> parts = new ArrayList<>();
    add(parts, counts.number("jobs"), "job", "");
    add(parts, counts.number("waitingRuns"), "waiting run", " cancelled");
    add(parts, counts.number("runningRuns"), "running run", " killed");
    add(parts, counts.number("connectedNodes") + counts.number("offlineNodes"), "node", "");
    add(parts, counts.number("tokens"), "token", "");
    return String.join(", ", parts);
  }

  /** Why the server would refuse; empty when nothing stands in the way. */
  public static Optional<String> obstacle(String app, Facts takes, boolean kill, boolean override) {
    if (!override && !takes.texts("sources").isEmpty()) {
      List<String> sources = takes.texts("sources");
      return Optional.of(
          "%s app %s or jobs of it; take them out of the source's files and prune, or add --override"
              .formatted(
                  sources.size() == 1
                      ? "source " + sources.get(0) + " owns"
                      : "sources " + String.join(" and ", sources) + " own",
                  app));
    }
    if (!kill && takes.number("runningRuns") > 0) {
      return Optional.of(
          "app %s has %s under way; wait until they have ended, cancel them, or add --kill"
              .formatted(app, count(takes.number("runningRuns"), "run")));
    }
    return Optional.empty();
  }

  private static void add(List<String> parts, long number, String thing, String fate) {
    if (number > 0) {
      parts.add(count(number, thing) + fate);
    }
  }

  private static String count(long number, String thing) {
    return "%,d %s%s".formatted(number, thing, number == 1 ? "" : "s");
  }
}
