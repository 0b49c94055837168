package io.oasis.server.lease;

import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** The SQL of {@code server}, {@code duty} and {@code attendance}. */
@ApplicationScoped
public class LeaseStore {
  private static final String JOIN =
      """
      INSERT INTO server (id, address, version, tzdb, lease_until, clock_offset_ms)
      VALUES (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond', ?)
      ON CONFLICT (id) DO UPDATE
        SET lease_until = excluded.lease_until, clock_offset_ms = excluded.clock_offset_ms
      """;
  private static final String RENEW =
      """
      UPDATE server
      SET lease_until = clock_timestamp() + ? * interval '1 millisecond', clock_offset_ms = ?
      WHERE id = ?
      """;
  private static final String LEAVE = "DELETE FROM server WHERE id = ?";
  private static final String FORGET =
      "DELETE FROM server WHERE lease_until < clock_timestamp() - ? * interval '1 millisecond'";

  /** One server in a few seconds writes; for the others this is one look at one row. */
  private static final String ATTEND =
      """
      UPDATE attendance
      SET away_from = CASE WHEN seen_at < c.now - ? * interval '1 millisecond'
                           THEN seen_at ELSE away_from END,
          away_until = CASE WHEN seen_at < c.now - ? * interval '1 millisecond'
                            THEN c.now ELSE away_until END,
          seen_at = c.now
      FROM (SELECT clock_timestamp() AS now) c
      WHERE seen_at < c.now - interval '5 seconds'
      """;

  /** An absence that nobody has written down yet is one as well. */
  private static final String LAST_ABSENCE =
      """
      SELECT CASE WHEN a.silent THEN a.seen_at ELSE a.away_from END AS away_from,
             CASE WHEN a.silent THEN clock_timestamp() ELSE a.away_until END AS away_until
      FROM (SELECT *, seen_at < clock_timestamp() - ? * interval '1 millisecond' AS silent
            FROM attendance) a
      WHERE a.silent OR a.away_from IS NOT NULL
      """;

  private static final String KNOW_DUTY =
      "INSERT INTO duty (name) VALUES (?) ON CONFLICT (name) DO NOTHING";

  /** The epoch is raised when the holder changes, and also when its own lease had ended between. */
  private static final String TAKE_DUTY =
      """
      UPDATE duty
      SET holder = ?,
          epoch = CASE WHEN holder = ? AND lease_until > clock_timestamp()
                       THEN epoch ELSE epoch + 1 END,
          lease_until = clock_timestamp() + ? * interval '1 millisecond'
      WHERE name = ? AND (holder = ? OR lease_until <= clock_timestamp())
      RETURNING epoch
      """;

  private static final String LOCK_DUTY =
      """
      SELECT name FROM duty
      WHERE name = ? AND holder = ? AND epoch = ? AND lease_until > clock_timestamp()
      FOR UPDATE
      """;
  private static final String RELEASE_DUTIES =
      "UPDATE duty SET lease_until = '-infinity' WHERE holder = ?";

  /** Makes the server's row, or renews it when it is there. */
  void join(Tx tx, String id, ServerAddress server, Duration lease, Duration ahead) {
    tx.update(
        JOIN,
        id,
        server.text(),
        server.version(),
        server.tzdb(),
        lease.toMillis(),
        ahead.toMillis());
  }

  /** Renews a membership; false when there is no such row. */
  boolean renew(Tx tx, String id, Duration lease, Duration ahead) {
    return tx.update(RENEW, lease.toMillis(), ahead.toMillis(), id) == 1;
  }

  /** Ends a membership. */
  void leave(Tx tx, String id) {
    tx.update(LEAVE, id);
  }

  /** Removes servers that died so long ago; returns how many. */
  int forgetDead(Tx tx, Duration after) {
    return tx.update(FORGET, after.toMillis());
  }

  /**
   * Notes that a server is there.
   *
   * @param awayAfter from this time without any server on, it is kept as an absence
   */
  void attend(Tx tx, Duration awayAfter) {
    tx.update(ATTEND, awayAfter.toMillis(), awayAfter.toMillis());
  }

  /** The last absence. */
  Optional<Absence> lastAbsence(Tx tx, Duration awayAfter) {
    return tx.first(
        LAST_ABSENCE,
        row -> new Absence(row.instant("away_from"), row.instant("away_until")),
        awayAfter.toMillis());
  }

  /** Makes sure that the duty has a row. */
  void knowDuty(Tx tx, String name) {
    tx.update(KNOW_DUTY, name);
  }

  /** Takes or renews a duty; the epoch when that worked. */
  Optional<Long> takeDuty(Tx tx, String name, String holder, Duration lease) {
    return tx.first(
        TAKE_DUTY, row -> row.longNumber("epoch"), holder, holder, lease.toMillis(), name, holder);
  }

  /** Locks a duty's row until the end of the transaction; false when it is another's by now. */
  boolean lockDuty(Tx tx, String name, String holder, long epoch) {
    return tx.first(LOCK_DUTY, row -> row.text("name"), name, holder, epoch).isPresent();
  }

  /** Ends all duties of a server. */
  void releaseDuties(Tx tx, String holder) {
    tx.update(RELEASE_DUTIES, holder);
  }
}
