package io.oasis.server.alarm;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where alarms are posted to, beside the mails. */
@ConfigMapping(prefix = "oasis.webhook")
public interface WebhookConfig {

  /** Address that gets every alarm as JSON; none: alarms are only mailed. */
  Optional<URI> url();

  /** Signs what is posted; none: it is not signed. */
  Optional<String> secret();

  /** How long the receiver may take to answer. */
  @WithDefault("PT10S")
  Duration timeout();
}
