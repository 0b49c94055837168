package io.oasis.server.secret;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads the key of {@link SecretMarks}, once. It never changes. */
@ApplicationScoped
public class MarkKeyStore {
  private static final String FIND = "SELECT key FROM mark_key";

  private final Database database;
  private volatile SecretMarks marks;

  public MarkKeyStore(Database database) {
    this.database = database;
  }

  /** For whoever has a transaction open. */
  public SecretMarks marks(Tx tx) {
    if (marks == null) {
      marks = new SecretMarks(tx.one(FIND, row -> row.bytes("key")));
    }
    return marks;
  }

  /** For whoever has none. */
  public SecretMarks marks() {
    SecretMarks known = marks;
    return known == null ? database.call(this::marks) : known;
  }
}
