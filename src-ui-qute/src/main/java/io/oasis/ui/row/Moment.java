package io.oasis.ui.row;

/**
 * A point in time for people.
 *
 * @param iso for machines, UTC; empty: there is no such time
 * @param exact date, time and zone, in the viewer's zone and in a second one
 * @param clock date and time in the viewer's zone, without the zone
 * @param relative from now, for example "3 min ago"
 */
public record Moment(String iso, String exact, String clock, String relative) {
  /** There is no such time. */
  public static final Moment NONE = new Moment("", "", "", "");

  /** True when there is such a time. */
  public boolean known() {
    return !iso.isEmpty();
  }
}
