package io.oasis.server.alarm;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Settings of alarms, whatever carries them. */
@ConfigMapping(prefix = "oasis.alarm")
public interface AlarmConfig {

  /** How long an alarm waits for others to the same address, to go with them in one mail. */
  @WithDefault("PT2S")
  Duration gather();

  /**
   * Pause before the second try of a mail; every further one is twice as long, up to 15 minutes.
   */
  @WithDefault("PT10S")
  Duration retry();

  /** How long it is tried to send a mail. */
  @WithDefault("P1D")
  Duration giveUp();

  /** Language of mails whose job names none. */
  @WithDefault("en")
  Language defaultLanguage();

  /** And of times in mails about jobs that have no zone of their own. */
  @WithDefault("UTC")
  ZoneId defaultTimeZone();

  /**
   * Where people reach the console, such as {@code https://oasis.example.com}. Unset: mails have no
   * links, and a sign-in comes back to the address that the browser asked for.
   */
  Optional<URI> publicUrl();
}
