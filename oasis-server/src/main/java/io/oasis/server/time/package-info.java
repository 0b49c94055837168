/**
 * The two clocks: {@link java.time.InstantSource} for what people read (log lines, "3 min ago"),
 * and {@link io.oasis.server.time.DatabaseClock} for everything that decides; and the {@link
 * io.oasis.server.time.ZoneRules} of this process. No other class asks the system for the time.
 */
package io.oasis.server.time;
