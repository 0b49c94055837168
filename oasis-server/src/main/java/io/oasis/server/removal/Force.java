package io.oasis.server.removal;

/**
 * How far a forced removal goes.
 *
 * @param kill also with runs under way, which are killed without their nodes' word
 * @param override also when Git sources own the app or jobs of it
 */
public record Force(boolean kill, boolean override) {}
