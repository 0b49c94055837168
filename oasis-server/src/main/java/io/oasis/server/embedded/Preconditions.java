package io.oasis.server.embedded;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * What has to be so before the server begins: asked early, so that a refusal leaves nothing behind.
 */
final class Preconditions {
  private static final int HIGHEST_PORT = 65_535;

  private Preconditions() {}

  /**
   * Nobody listens on the port.
   *
   * @throws StartException when somebody does, or when it is no port
   */
  static void portIsFree(String port) throws StartException {
    int number;
    try {
      number = Integer.parseInt(port.strip());
    } catch (NumberFormatException e) {
      throw new StartException(
          "OASIS_HTTP_PORT is \"" + port + "\", which is no number; give a free port", e);
    }
    if (number < 0 || number > HIGHEST_PORT) {
      throw new StartException(
          "OASIS_HTTP_PORT is " + number + ", which is no port; give one of 1 to 65535", null);
    }
    try (ServerSocket probe = new ServerSocket(number)) {
      probe.setReuseAddress(true);
    } catch (IOException e) {
      throw new StartException(
          "port " + number + " is in use; stop what uses it, or set OASIS_HTTP_PORT", e);
    }
  }

  /**
   * The configured database lets us in.
   *
   * @throws StartException when it does not
   */
  static void databaseAnswers(String jdbcUrl, String user, String password) throws StartException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
      connection.isValid(1);
    } catch (SQLException e) {
      throw new StartException(
          "cannot use the database of OASIS_DB_URL ("
              + jdbcUrl
              + ") as "
              + user
              + ": "
              + String.valueOf(e.getMessage())
                  .lines()
                  .findFirst()
                  .orElse("no reason given")
                  .replaceFirst("\\.$", "")
              + "; check OASIS_DB_URL, OASIS_DB_USER and OASIS_DB_PASSWORD",
          e);
    }
  }
}
