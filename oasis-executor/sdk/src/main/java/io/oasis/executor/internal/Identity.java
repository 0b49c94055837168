package io.oasis.executor.internal;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
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

  /** The first address of the machine that others might know, or the host's name. */
  private static String address(String host, long pid) {
    try {
      return NetworkInterface.networkInterfaces()
              .filter(Identity::isReal)
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
              .map(InetAddress::getHostAddress)
              .findFirst()
              .orElse(host)
          + ":"
          + pid;
    } catch (SocketException e) {
      return host + ":" + pid;
    }
  }

  private static boolean isReal(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback() && !network.isVirtual();
    } catch (SocketException e) {
      return false;
    }
  }
}
