package io.oasis.worker;

import io.oasis.executor.ExecutorBuilder;
import io.oasis.worker.http.AllowedHosts;
import io.oasis.worker.http.HttpHandler;
import io.oasis.worker.script.AllowedScripts;
import io.oasis.worker.script.ScriptHandler;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that say what jobs may do here. Without any of them there is no handler at all. */
final class AllowOptions {
  @Option(
      names = "--allow-script",
      paramLabel = "DIR|FILE",
      split = ",",
      description = "Jobs may run this script, or any below this folder; may be given again.")
  List<Path> scripts = new ArrayList<>();

  @Option(
      names = "--allow-any-script",
      description = "Jobs may run any file that this process may run.")
  boolean anyScript;

  @Option(
      names = "--allow-inline",
      description = "Jobs may bring the script's text with them (params.inline, params.shell).")
  boolean inline;

  @Option(
      names = "--allow-http",
      paramLabel = "HOST[:PORT]",
      split = ",",
      description = "Jobs may call this host over HTTP(S); may be given again.")
  List<String> hosts = new ArrayList<>();

  /**
   * Adds the handlers that are allowed.
   *
   * @param server of which a job asks when its address is only a path
   * @throws IllegalArgumentException with one line for people when none is, or one cannot be used
   */
  void applyTo(ExecutorBuilder builder, URI server) {
    boolean script = anyScript || inline || !scripts.isEmpty();
    if (!script && hosts.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is allowed: pass --allow-script DIR, --allow-http HOST or --allow-inline");
    }
    if (script) {
      AllowedScripts allowed = anyScript ? AllowedScripts.any() : AllowedScripts.of(scripts);
      builder.handler("script", new ScriptHandler(allowed, inline));
    }
    if (!hosts.isEmpty()) {
      builder.handler("http", new HttpHandler(AllowedHosts.of(hosts), server));
    }
  }
}
