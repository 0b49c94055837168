package io.oasis.server.job;

import java.util.List;
import java.util.Optional;

/**
 * A page of jobs, by app and name.
 *
 * @param next cursor of the next page; empty: this is the last one
 */
public record JobPage(List<Job> jobs, Optional<String> next) {}
