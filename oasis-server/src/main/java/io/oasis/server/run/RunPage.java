package io.oasis.server.run;

import java.util.List;
import java.util.Optional;

/**
 * One page of runs, newest first.
 *
 * @param runs at most as many as were asked for
 * @param next says where the next page starts; empty: this was the last one
 */
public record RunPage(List<RunView> runs, Optional<String> next) {}
