package io.oasis.server.maintenance;

import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The SQL of what is deleted because its time is over. */
@ApplicationScoped
public class CleaningStore {
  private static final String TOKENS =
      "DELETE FROM token WHERE expires_at < clock_timestamp() - ? * interval '1 millisecond'";
  private static final String TRIGGER_KEYS =
      "DELETE FROM trigger_key WHERE created_at < clock_timestamp() - ? * interval '1 millisecond'";

  int deleteTokens(Tx tx, Duration expiredFor) {
    return tx.update(TOKENS, expiredFor.toMillis());
  }

  int deleteTriggerKeys(Tx tx, Duration olderThan) {
    return tx.update(TRIGGER_KEYS, olderThan.toMillis());
  }
}
