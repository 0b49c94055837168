package io.oasis.server.alarm;

import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SQL of what waits to be said. */
@ApplicationScoped
public class OutboxStore {
  /** One probe of the index {@code alarm_due}, however much has been said. */
  static final String NEXT_DUE =
      """
      SELECT due_at, due_at <= clock_timestamp() AS is_due
        FROM alarm WHERE channel = ? AND state = 'PENDING' ORDER BY due_at LIMIT 1
      """;

  private static final String NEW_LINES =
      """
      SELECT id, address, language FROM alarm
       WHERE channel = ? AND state = 'PENDING' AND letter_id IS NULL
         AND due_at <= clock_timestamp()
       ORDER BY due_at, id LIMIT ?
      """;

  private static final String SENT_LATELY =
      """
      SELECT address, count(DISTINCT letter_id) AS letters FROM alarm
       WHERE state = 'SENT' AND address = ANY(?)
         AND sent_at > clock_timestamp() - ? * interval '1 millisecond'
       GROUP BY address
      """;

  private static final String SEAL =
      """
      UPDATE alarm a SET letter_id = u.letter
        FROM unnest(?::bigint[], ?::bigint[]) AS u(id, letter)
       WHERE a.id = u.id AND a.letter_id IS NULL
      """;

  private static final String POSTPONE =
      """
      UPDATE alarm SET due_at = clock_timestamp() + ? * interval '1 millisecond'
       WHERE id = ANY(?) AND state = 'PENDING'
      """;

  private static final String DUE_LETTERS =
      """
      SELECT letter_id, min(due_at) AS due FROM alarm
       WHERE channel = ? AND state = 'PENDING' AND letter_id IS NOT NULL
         AND due_at <= clock_timestamp()
       GROUP BY letter_id ORDER BY due, letter_id LIMIT ?
      """;

  private static final String OF_LETTER =
      """
      SELECT id, incident_id, event, run_id, failures, address, language, attempts, created_at
        FROM alarm WHERE letter_id = ? AND state = 'PENDING' ORDER BY id
      """;

  private static final String SENT =
      """
      UPDATE alarm SET state = 'SENT', sent_at = clock_timestamp(), attempts = attempts + 1,
             error = NULL
       WHERE letter_id = ? AND state = 'PENDING'
      """;

  private static final String FAILED =
      """
      UPDATE alarm SET state = 'FAILED', attempts = attempts + 1, error = ?
       WHERE letter_id = ? AND state = 'PENDING'
      """;

  private static final String TRY_AGAIN =
      """
      UPDATE alarm
         SET attempts = attempts + 1, error = ?,
             due_at = clock_timestamp() + ? * interval '1 millisecond',
             state = CASE WHEN created_at < clock_timestamp() - ? * interval '1 millisecond'
                          THEN 'FAILED' ELSE 'PENDING' END
       WHERE letter_id = ? AND state = 'PENDING'
      RETURNING state
      """;

  private static final String GIVE_UP_DUE =
      """
      UPDATE alarm SET state = 'FAILED', error = ?
       WHERE channel = ? AND state = 'PENDING' AND due_at <= clock_timestamp()
      """;

  /** When something is due next, and whether it is now. */
  record Due(Instant at, boolean now) {}

  /** Something to say that no mail has been given yet. */
  record NewLine(long id, String address, String language) {}

  /** Something that a mail says. */
  record SealedLine(
      long id,
      long incident,
      Delivery.Event event,
      long run,
      long failures,
      String address,
      String language,
      int attempts,
      Instant createdAt) {}

  Optional<Due> nextDue(Tx tx, Delivery.Channel channel) {
    return tx.first(NEXT_DUE, row -> new Due(row.instant("due_at"), row.flag("is_due")), channel);
  }

  List<NewLine> newLines(Tx tx, Delivery.Channel channel, int limit) {
    return tx.query(
        NEW_LINES,
        row -> new NewLine(row.longNumber("id"), row.text("address"), row.text("language")),
        channel,
        limit);
  }

  /** How many mails each address got within the window; one that got none is not in the answer. */
  Map<String, Integer> sentLately(Tx tx, List<String> addresses, Duration window) {
    Map<String, Integer> sent = new java.util.HashMap<>();
    tx.query(
        SENT_LATELY,
        row -> sent.put(row.text("address"), row.number("letters")),
        SqlArray.texts(addresses),
        window.toMillis());
    return sent;
  }

  /** Gives each line its mail, once and for all. */
  void seal(Tx tx, List<Long> lines, List<Long> letters) {
    tx.update(SEAL, SqlArray.longs(lines), SqlArray.longs(letters));
  }

  void postpone(Tx tx, List<Long> lines, Duration by) {
    tx.update(POSTPONE, by.toMillis(), SqlArray.longs(lines));
  }

  List<Long> dueLetters(Tx tx, Delivery.Channel channel, int limit) {
    return tx.query(DUE_LETTERS, row -> row.longNumber("letter_id"), channel, limit);
  }

  List<SealedLine> ofLetter(Tx tx, long letter) {
    return tx.query(OF_LETTER, OutboxStore::line, letter);
  }

  void sent(Tx tx, long letter) {
    tx.update(SENT, letter);
  }

  void failed(Tx tx, long letter, String why) {
    tx.update(FAILED, why, letter);
  }

  /** Another try after the pause, unless it has been tried for too long; true when there is one. */
  boolean tryAgain(Tx tx, long letter, String why, Duration pause, Duration giveUp) {
    return tx.query(
            TRY_AGAIN,
            row -> row.constant("state", Delivery.State.class),
            why,
            pause.toMillis(),
            giveUp.toMillis(),
            letter)
        .contains(Delivery.State.PENDING);
  }

  /** Says of everything that is due that it will not be sent. */
  int giveUpDue(Tx tx, Delivery.Channel channel, String why) {
    return tx.update(GIVE_UP_DUE, why, channel);
  }

  private static SealedLine line(Row row) {
    return new SealedLine(
        row.longNumber("id"),
        row.longNumber("incident_id"),
        row.constant("event", Delivery.Event.class),
        row.longNumber("run_id"),
        row.longNumber("failures"),
        row.text("address"),
        row.text("language"),
        row.number("attempts"),
        row.instant("created_at"));
  }
}
