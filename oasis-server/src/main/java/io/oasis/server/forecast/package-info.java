/**
 * What a change of a schedule does to time: which fires come, go and move within a horizon, and
 * whether fires will come closer than runs take. Pure functions of specs and two instants.
 *
 * <p>Invariant: the work is bounded, however dense a schedule is; what was not looked at is said.
 */
package io.oasis.server.forecast;
