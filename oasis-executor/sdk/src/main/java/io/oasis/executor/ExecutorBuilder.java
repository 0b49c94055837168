package io.oasis.executor;

import io.oasis.executor.internal.Engine;
import io.oasis.executor.internal.Identity;
import io.oasis.executor.internal.OkHttpDialer;
import io.oasis.executor.internal.Secrets;
import io.oasis.executor.internal.ServerAddress;
import io.oasis.executor.internal.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;

/**
 * Says what an {@link Executor} is made of. Needed are a server, an app, a token and at least one
 * handler; the rest has a default.
 */
public final class ExecutorBuilder {
  private List<ServerAddress> servers = List.of();
  private String app = "";
  private String token = "";
  private String name = "";
  private String appVersion = "";
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Map<String, Handler> handlers = new HashMap<>();
  private int slots = Math.max(2, Runtime.getRuntime().availableProcessors());
  private Duration drainTimeout = Duration.ofSeconds(30);
  private boolean drainOnShutdown = true;
  private SSLSocketFactory tls;
  private Secrets secrets = new Secrets(System.getenv());

  ExecutorBuilder() {}

  ExecutorBuilder environment(Map<String, String> environment) {
    String server = environment.getOrDefault("OASIS_SERVER", "");
    if (!server.isBlank()) {
      server(server);
    }
    app = environment.getOrDefault("OASIS_APP", "").strip();
    token = environment.getOrDefault("OASIS_TOKEN", "").strip();
    secrets = new Secrets(environment);
    return this;
  }

  /**
   * The server, or several of the same platform.
   *
   * @param addresses {@code host:port}, {@code http://host:port} or {@code https://host:port}
   *     (TLS); several are separated by commas
   * @throws IllegalArgumentException when one of them is no address
   */
  public ExecutorBuilder server(String addresses) {
    servers = ServerAddress.parseAll(addresses);
    return this;
  }

  /** The app that this process works for; the name that jobs are registered under. */
  public ExecutorBuilder app(String app) {
    this.app = Objects.requireNonNull(app, "app").strip();
    return this;
  }

  /** The executor token, as {@code oasis token create --kind executor} printed it. */
  public ExecutorBuilder token(String token) {
    this.token = Objects.requireNonNull(token, "token").strip();
    return this;
  }

  /** First part of the node's id, for people; by default the host's name. */
  public ExecutorBuilder name(String name) {
    this.name = Objects.requireNonNull(name, "name").strip();
    return this;
  }

  /** Version of the application, shown beside the node; empty by default. */
  public ExecutorBuilder appVersion(String appVersion) {
    this.appVersion = Objects.requireNonNull(appVersion, "appVersion").strip();
    return this;
  }

  /** A label of this process for selectors, for example {@code zone=b}. */
  public ExecutorBuilder label(String key, String value) {
    labels.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    return this;
  }

  /**
   * How many runs this process takes at once; by default the number of processors, at least 2.
   *
   * @param slots at least 1
   * @throws IllegalArgumentException when it is less
   */
  public ExecutorBuilder slots(int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be at least 1, not " + slots);
    }
    this.slots = slots;
    return this;
  }

  /**
   * Offers a handler whose return value is the run's result.
   *
   * @param name the name that jobs ask for
   * @param handler the code
   * @throws IllegalArgumentException when the name is empty or taken
   */
  public ExecutorBuilder handler(String name, Handler handler) {
    Objects.requireNonNull(handler, "handler");
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a handler needs a name");
    }
    if (handlers.putIfAbsent(name, handler) != null) {
      throw new IllegalArgumentException("two handlers are called \"" + name + "\"");
    }
    return this;
  }

  /**
   * Offers a handler without a result. It has a name of its own because a lambda with one
   * expression could be either.
   *
   * @param name the name that jobs ask for
   * @param handler the code
   * @throws IllegalArgumentException when the name is empty or taken
   */
  public ExecutorBuilder action(String name, VoidHandler handler) {
    Objects.requireNonNull(handler, "handler");
    return handler(
        name,
        run -> {
          handler.handle(run);
          return "";
        });
  }

  /** How long {@link Executor#close()} waits for runs under way; by default 30 seconds. */
  public ExecutorBuilder drainTimeout(Duration drainTimeout) {
    if (drainTimeout.isNegative()) {
      throw new IllegalArgumentException("the drain timeout must not be negative");
    }
    this.drainTimeout = drainTimeout;
    return this;
  }

  /**
   * Whether a shutdown hook closes the executor when the process is asked to end; true by default.
   * Say false when a framework calls {@link Executor#close()}.
   */
  public ExecutorBuilder drainOnShutdown(boolean drainOnShutdown) {
    this.drainOnShutdown = drainOnShutdown;
    return this;
  }

  /**
   * Where TLS sockets come from, for a private authority or a client certificate (mTLS); by default
   * the platform's own trust. Used for {@code https://} addresses only.
   */
  public ExecutorBuilder tls(SSLSocketFactory tls) {
    this.tls = Objects.requireNonNull(tls, "tls");
    return this;
  }

  /**
   * Starts the executor. It returns at once and connects in the background: an unreachable server
   * is logged and tried again for as long as the executor lives.
   *
   * @throws IllegalStateException when the server, the app, the token or every handler is missing
   */
  public Executor start() {
    Settings settings =
        new Settings(
            servers,
            token,
            Identity.of(app, name, appVersion, labels),
            handlers,
            slots,
            drainTimeout,
            secrets);
    settings.check();
    Engine engine = Engine.of(settings, new OkHttpDialer(settings.token(), tls));
    engine.start();
    if (drainOnShutdown) {
      engine.closeOnShutdown();
    }
    return new Executor(engine);
  }
}
