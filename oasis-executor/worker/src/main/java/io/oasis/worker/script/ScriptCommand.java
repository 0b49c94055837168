package io.oasis.worker.script;

import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a run's params ask to start, and in which environment. */
final class ScriptCommand {
  private static final Set<String> OWN_PARAMS =
      Set.of("script", "inline", "shell", "args", "nonRetryableExits");
  private static final String DEFAULT_SHELL = "/bin/sh";

  private final AllowedScripts allowed;
  private final boolean inlineAllowed;

  ScriptCommand(AllowedScripts allowed, boolean inlineAllowed) {
    this.allowed = allowed;
    this.inlineAllowed = inlineAllowed;
  }

  /**
   * The program and its arguments; no shell ever sees the arguments.
   *
   * @throws NonRetryableException when the params ask for nothing, for two things, or for something
   *     that is not allowed
   */
  List<String> of(RunContext run) {
    String script = run.param("script", "");
    String inline = run.param("inline", "");
    if (script.isEmpty() == inline.isEmpty()) {
      throw new NonRetryableException(
          "a script job needs params.script or params.inline, one of them");
    }
    if (!inlineAllowed && (!inline.isEmpty() || run.params().containsKey("shell"))) {
      throw new NonRetryableException(
          "params.inline and params.shell are not allowed on this worker; it needs --allow-inline");
    }
    List<String> command = new ArrayList<>();
    if (inline.isEmpty()) {
      Path file = allowed.resolve(script);
      if (run.params().containsKey("shell") || !Files.isExecutable(file)) {
        command.add(run.param("shell", DEFAULT_SHELL));
      }
      command.add(file.toString());
    } else {
      command.add(run.param("shell", DEFAULT_SHELL));
      command.add("-c");
      command.add(inline);
      command.add("inline");
    }
    String arguments = run.param("args", "").strip();
    if (!arguments.isEmpty()) {
      command.addAll(List.of(arguments.split("\\s+")));
    }
    return command;
  }

  /** Adds what the script may want to know, and takes away what it must not. */
  static void fill(Map<String, String> environment, RunContext run) {
    environment.remove("OASIS_TOKEN");
    // A script is given the secrets that its job refers to, as params, and no others.
    environment.keySet().removeIf(name -> name.startsWith("OASIS_SECRET"));
    environment.put("OASIS_RUN_ID", Long.toString(run.runId()));
    environment.put("OASIS_JOB", run.job());
    environment.put("OASIS_ATTEMPT", Integer.toString(run.attempt()));
    environment.put("OASIS_EPOCH", Long.toString(run.epoch()));
    environment.put("OASIS_NOMINAL_AT", run.nominalAt().toString());
    environment.put("OASIS_TRIGGER", run.trigger());
    environment.put("OASIS_SHARD_INDEX", Integer.toString(run.shardIndex()));
    environment.put("OASIS_SHARD_TOTAL", Integer.toString(run.shardTotal()));
    run.deadline().ifPresent(at -> environment.put("OASIS_DEADLINE", at.toString()));
    run.params()
        .forEach(
            (name, value) -> {
              if (!OWN_PARAMS.contains(name)) {
                environment.put(variable(name), value);
              }
            });
  }

  private static String variable(String param) {
    return "OASIS_PARAM_" + param.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
