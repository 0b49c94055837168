package io.oasis.server.alarm;

import java.util.List;
import java.util.Optional;

/**
 * One page of incidents, newest first.
 *
 * @param incidents at most as many as were asked for
 * @param next says where the next page starts; empty: this was the last one
 */
public record IncidentPage(List<Incident> incidents, Optional<String> next) {}
