package io.oasis.server.apply;

import io.oasis.server.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Counts what management has ever written, so that a test can see that nothing was. */
@ApplicationScoped
public class Counting {
  private static final String ROWS =
      """
      SELECT (SELECT count(*) FROM app) + (SELECT count(*) FROM job)
           + (SELECT count(*) FROM job_revision)
           + (SELECT count(*) FROM audit WHERE action NOT LIKE 'session.%') AS rows""";

  private final Database database;

  public Counting(Database database) {
    this.database = database;
  }

  /** What the audit trail says of an object, oldest first. */
  public List<String> audit(String object) {
    return database.call(
        tx ->
            tx.query(
                "SELECT who, action, before::text AS before, after::text AS after FROM audit"
                    + " WHERE object = ? ORDER BY id",
                row ->
                    row.text("who")
                        + " "
                        + row.text("action")
                        + " "
                        + row.text("before")
                        + " "
                        + row.text("after"),
                object));
  }

  public long rows() {
    return database.call(tx -> tx.one(ROWS, row -> row.longNumber("rows")));
  }
}
