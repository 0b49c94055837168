package io.oasis.executor.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who this process is.
 *
 * @param app the app that it works for
 * @param nodeId unique for the life of the process
 * @param address host and process id, for people
 * @param appVersion version of the application; may be empty
 * @param labels for selectors
 */
public record Identity(
    String app, String nodeId, String address, String appVersion, Map<String, String> labels) {
  private static final int MAX_NAME = 60;

  public Identity {
    labels = Map.copyOf(labels);
  }

  /**
   * Makes the identity of this process.
   *
   * @param name first part of the node id; empty for the host's name
   */
  public static Identity of(
      String app, String name, String appVersion, Map<String, String> labels) {
    String host = hostName();
    long pid = ProcessHandle.current().pid();
    String slug = (name.isEmpty() ? host : name).replaceAll("[^A-Za-z0-9._-]", "-");
    String first = slug.substring(0, Math.min(slug.length(), MAX_NAME));
    String random = Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36);
    return new Identity(
        app, first + "-" + pid + "-" + random, address(host, pid), appVersion, labels);
  }

  private static String hostName() {
    String fromShell = System.getenv("HOSTNAME");
    if (fromShell != null && !fromShell.isBlank()) {
      return fromShell;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }

  private static String address(String host, long pid) {
    try {
      return InetAddress.getLocalHost().getHostAddress() + ":" + pid;
    } catch (UnknownHostException e) {
      return host + ":" + pid;
    }
  }
}
