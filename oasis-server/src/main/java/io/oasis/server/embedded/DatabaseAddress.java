package io.oasis.server.embedded;

/** Hands the database's address to Quarkus, which reads it as configuration. */
final class DatabaseAddress {
  private DatabaseAddress() {}

  static void use(String jdbcUrl, String user, String password) {
    System.setProperty("quarkus.datasource.jdbc.url", jdbcUrl);
    System.setProperty("quarkus.datasource.username", user);
    System.setProperty("quarkus.datasource.password", password);
  }
}
