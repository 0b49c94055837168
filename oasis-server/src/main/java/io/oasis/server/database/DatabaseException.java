package io.oasis.server.database;

import java.sql.SQLException;
import java.util.Set;

/** The database refused a statement or cannot be reached. */
public class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private static final String DEADLOCK = "40P01";

  private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

  private final String sqlState;

  public DatabaseException(SQLException cause) {
    super(cause.getMessage(), cause);
    this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
  }

  /** True when a unique constraint said no. */
  public boolean isUniqueViolation() {
    return UNIQUE_VIOLATION.equals(sqlState);
  }

  /** True when a foreign key said no. */
  public boolean isForeignKeyViolation() {
    return FOREIGN_KEY_VIOLATION.equals(sqlState);
  }

  /** True when another transaction waited for this one, and this one for the other. */
  public boolean isDeadlock() {
    return DEADLOCK.equals(sqlState);
  }

  /** True when a text holds a character that PostgreSQL cannot store, which is NUL only. */
  public boolean isUnstorableText() {
    return UNSTORABLE.contains(sqlState);
  }

  /**
   * True when the same work may succeed a moment later: the database is away, another transaction
   * was in the way (class 40), a lock was not to be had (55), or it does not write now (25).
   */
  public boolean isTransient() {
    return isUnavailable()
        || sqlState.startsWith("40")
        || sqlState.startsWith("55")
        || sqlState.startsWith("25");
  }

  /** True when the database could not be reached or went away (SQLSTATE classes 08, 53 and 57). */
  public boolean isUnavailable() {
    return sqlState.isEmpty()
        || sqlState.startsWith("08")
        || sqlState.startsWith("53")
        || sqlState.startsWith("57");
  }
}
