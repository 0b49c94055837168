package io.oasis.server.verify;

import io.oasis.server.identity.Reach;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be looked at.
 *
 * @param from nominal times at or after this
 * @param until nominal times before this; a later one than now means now
 * @param apps only jobs of these
 * @param job only jobs of this name, also one that was deleted
 */
public record VerifyRequest(Instant from, Instant until, Reach apps, Optional<String> job) {}
