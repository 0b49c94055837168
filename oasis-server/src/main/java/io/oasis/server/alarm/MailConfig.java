package io.oasis.server.alarm;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The mail server that alarms go through. */
@ConfigMapping(prefix = "oasis.mail")
public interface MailConfig {

  /** Name of the mail server; none: alarms are kept and shown, and nobody gets a mail. */
  Optional<String> host();

  /** Its port; none: 465 when {@code tls} is {@code always}, else 587. */
  OptionalInt port();

  /** Sender of the mails; none: the user when that is an address, else oasis at the host. */
  Optional<String> from();

  /** Who the server is at the mail server; none: it does not sign in. */
  Optional<String> user();

  /** Password of the user. */
  Optional<String> password();

  /**
   * How the connection is kept secret: by STARTTLS where the mail server offers it, required with a
   * user ({@code auto}); by STARTTLS or not at all; by TLS from the first byte ({@code always});
   * not.
   */
  @WithDefault("auto")
  Tls tls();

  /** How long the mail server may be silent before the mail counts as not sent. */
  @WithDefault("PT20S")
  Duration timeout();

  /** How a connection to the mail server is kept secret. */
  enum Tls {
    /** STARTTLS where the mail server offers it; with a user it is required. */
    AUTO,
    /** STARTTLS, or no mail. */
    STARTTLS,
    /** TLS from the first byte. */
    ALWAYS,
    /** None. */
    OFF
  }
}
