package io.oasis.it.chaos;

import java.util.OptionalLong;

/**
 * Something that must not be.
 *
 * @param what one line for people
 * @param run the run whose trace helps to understand it
 */
record Finding(String what, OptionalLong run) {
  static Finding of(String what) {
    return new Finding(what, OptionalLong.empty());
  }

  static Finding of(String what, long run) {
    return new Finding(what, OptionalLong.of(run));
  }
}
