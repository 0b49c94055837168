package io.oasis.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The logins that {@code oasis login} keeps: {@code
 * ${XDG_CONFIG_HOME:-~/.config}/oasis/config.json}, or the file named by {@code OASIS_CONFIG}. Only
 * its owner may read it. A token is used for the server that gave it and for no other.
 */
public final class ContextsFile {
  private final Path path;

  private ContextsFile(Path path) {
    this.path = path;
  }

  /** The file that the environment points to. */
  public static ContextsFile of(Map<String, String> env) {
    String named = env.getOrDefault("OASIS_CONFIG", "");
    if (!named.isEmpty()) {
      return new ContextsFile(Path.of(named));
    }
    String base = env.getOrDefault("XDG_CONFIG_HOME", "");
    Path folder =
        base.isEmpty()
            ? Path.of(env.getOrDefault("HOME", System.getProperty("user.home")), ".config")
            : Path.of(base);
    return new ContextsFile(folder.resolve("oasis").resolve("config.json"));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * A saved server.
   *
   * @param name by which the user calls it; the server's address when the user gave none
   * @param account as which the user logged in; may be empty
   * @param expiresAt when its token ends; may be empty
   * @param token what to show to the server; empty: not logged in
   * @param current whether it is meant when nobody says which
   */
  public record Context(
      String name,
      String server,
      String account,
      Optional<Instant> expiresAt,
      Optional<String> token,
      boolean current) {
    /** Never with the token. */
    @Override
    public String toString() {
      return name + " at " + server;
    }
  }

  /** All of them, by name. */
  public List<Context> all() {
    Facts root = new Facts(read());
    String current = root.text("current");
    List<Context> all = new ArrayList<>();
    root.node()
        .path("contexts")
        .properties()
        .forEach(e -> all.add(context(e.getKey(), new Facts(e.getValue()), current)));
    all.sort(Comparator.comparing(Context::name));
    return all;
  }

  private static Context context(String name, Facts facts, String current) {
    return new Context(
        name,
        facts.optional("server").orElse(name),
        facts.text("account"),
        facts.instant("expiresAt"),
        facts.optional("token"),
        name.equals(current));
  }

  /** The one of this name. */
  public Context find(String name) {
    List<Context> all = all();
    return all.stream()
        .filter(context -> context.name().equals(name))
        .findFirst()
        .orElseThrow(() -> CliFailure.invalid(unknown(name, all)));
  }

  private static String unknown(String name, List<Context> all) {
    List<String> names = all.stream().map(Context::name).toList();
    return "there is no context \"%s\"%s"
        .formatted(
            name,
            NearNames.nearest(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; see them with: oasis context list"));
  }

  /** The server of the current context, if any. */
  public Optional<String> currentServer() {
    return all().stream().filter(Context::current).map(Context::server).findFirst();
  }

  /** The token that this server gave, if any; of the named context, if one was named. */
  public Optional<String> token(String server, Optional<String> name) {
    return all().stream()
        .filter(context -> context.server().equals(server))
        .filter(context -> name.isEmpty() || name.get().equals(context.name()))
        .sorted(Comparator.comparing(Context::current).reversed())
        .flatMap(context -> context.token().stream())
        .findFirst();
  }

  /**
   * Keeps a login and makes its server the current one.
   *
   * @param name of the context; empty: the one that has this server, else a new one
   */
  public void save(String server, Optional<String> name, Facts session) {
    ObjectNode root = read();
    ObjectNode context = JsonText.object();
    context.put("server", server);
    context.put("token", session.text("token"));
    context.put("account", session.in("account").text("name"));
    context.put("expiresAt", session.text("expiresAt"));
    String key = name.orElseGet(() -> nameOf(server));
    root.put("current", key);
    root.withObjectProperty("contexts").set(key, context);
    write(root);
  }

  private String nameOf(String server) {
    return all().stream()
        .filter(context -> context.server().equals(server))
        .sorted(Comparator.comparing(Context::current).reversed())
        .map(Context::name)
        .findFirst()
        .orElse(server);
  }

  /** Names a server. A token that was kept stays only when the server stays; it may be replaced. */
  public void set(String name, String server, Optional<String> token) {
    ObjectNode root = read();
    ObjectNode contexts = root.withObjectProperty("contexts");
    Facts before = new Facts(contexts.path(name));
    boolean same = before.optional("server").orElse(name).equals(server);
    ObjectNode context =
        same && before.node() instanceof ObjectNode kept ? kept : JsonText.object();
    context.put("server", server);
    token.ifPresent(
        secret -> {
          context.put("token", secret);
          context.remove(List.of("account", "expiresAt"));
        });
    contexts.set(name, context);
    if (new Facts(root).text("current").isEmpty()) {
      root.put("current", name);
    }
    write(root);
  }

  /** Makes it the current one. */
  public void use(String name) {
    find(name);
    ObjectNode root = read();
    root.put("current", name);
    write(root);
  }

  /** Forgets it, with its token. */
  public void delete(String name) {
    boolean current = find(name).current();
    ObjectNode root = read();
    root.withObjectProperty("contexts").remove(name);
    if (current) {
      root.remove("current");
    }
    write(root);
  }

  /** Forgets the logins at a server; false when there was none. The server stays known. */
  public boolean forget(String server) {
    ObjectNode root = read();
    ObjectNode contexts = root.withObjectProperty("contexts");
    boolean gone = false;
    for (Context context : all()) {
      if (context.server().equals(server) && context.token().isPresent()) {
        gone = true;
        contexts.set(context.name(), JsonText.object().put("server", server));
      }
    }
    if (gone) {
      write(root);
    }
    return gone;
  }

  private ObjectNode read() {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return JsonText.object();
    } catch (IOException e) {
      throw failed("cannot read", e);
    }
    return JsonText.parse(bytes)
        .filter(JsonNode::isObject)
        .map(ObjectNode.class::cast)
        .orElseThrow(
            () ->
                new CliFailure(
                    ExitCode.ERROR, "%s is not valid; delete it and log in again".formatted(path)));
  }

  /** Writes beside and renames, so that a reader never sees half a file. */
  private void write(ObjectNode root) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "config", ".json", ownerOnly(folder));
      Files.writeString(fresh, JsonText.pretty(root) + "\n");
      Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("cannot write", e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private CliFailure failed(String what, IOException e) {
    return new CliFailure(
        ExitCode.ERROR,
        "%s %s; set OASIS_CONFIG to a file that you own".formatted(what, path),
        List.of(),
        e);
  }
}
