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

  /** The server of the last login, if any. */
  public Optional<String> currentServer() {
    return new Facts(read()).optional("current");
  }

  /** The token that this server gave, if any. */
  public Optional<String> token(String server) {
    return new Facts(read()).in("contexts").in(server).optional("token");
  }

  /** Keeps a login and makes its server the current one. */
  public void save(String server, Facts session) {
    ObjectNode root = read();
    ObjectNode context = JsonText.object();
    context.put("token", session.text("token"));
    context.put("account", session.in("account").text("name"));
    context.put("expiresAt", session.text("expiresAt"));
    root.put("current", server);
    root.withObjectProperty("contexts").set(server, context);
    write(root);
  }

  /** Forgets a login; false when there was none. */
  public boolean forget(String server) {
    ObjectNode root = read();
    JsonNode gone = root.withObjectProperty("contexts").remove(server);
    if (gone != null) {
      write(root);
    }
    return gone != null;
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
