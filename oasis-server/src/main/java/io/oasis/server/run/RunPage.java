package io.oasis.server.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One page of runs, newest first.
 *
 * @param runs at most as many as were asked for; fewer, or none, does not mean that there are no
 *     more: a search stops after a while
 * @param next says where the next page starts; empty: this was the last one
 * @param searchedTo set when the search stopped: the nominal time of the run up to which it came
 */
public record RunPage(List<RunView> runs, Optional<String> next, Optional<Instant> searchedTo) {}
