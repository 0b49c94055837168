package io.oasis.ui.row;

/**
 * Something that was or is to be said to somebody.
 *
 * @param event what is said
 * @param run that it is about
 * @param address who it is said to
 * @param state whether it was said
 * @param at when it was said, or is tried next, or became true
 * @param attempts how often it was tried
 * @param error why it was not said; may be empty
 */
public record DeliveryRow(
    AlarmEvent event,
    long run,
    String address,
    DeliveryBadge state,
    Moment at,
    int attempts,
    String error) {}
