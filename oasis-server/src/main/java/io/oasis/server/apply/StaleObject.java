package io.oasis.server.apply;

import io.oasis.server.identity.AuditTrail;
import java.util.Optional;

/**
 * An object that is not as it was when a plan was saved.
 *
 * @param object {@code job billing/nightly}
 * @param planned what the saved plan was going to do with it; empty: nothing
 * @param now what would have to be done with it now; empty: nothing
 * @param moved who changed it last; empty: the trail does not say
 */
public record StaleObject(
    String object,
    Optional<String> planned,
    Optional<String> now,
    Optional<AuditTrail.Change> moved) {}
