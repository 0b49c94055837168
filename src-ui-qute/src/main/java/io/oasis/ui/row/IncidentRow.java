package io.oasis.ui.row;

/**
 * An incident in a list.
 *
 * @param id as users see it
 * @param job key and title
 * @param kind of trouble
 * @param state now
 * @param why the newest failure failed, one line; may be empty
 * @param failures how many, written out
 * @param since when the first failure was final
 * @param last when the newest one was
 * @param lastRun the run of the newest one
 * @param by who has acknowledged it; empty: nobody
 * @param offerAcknowledge true when the viewer may acknowledge it
 */
public record IncidentRow(
    long id,
    JobLink job,
    AlarmKind kind,
    IncidentBadge state,
    String why,
    String failures,
    Moment since,
    Moment last,
    long lastRun,
    String by,
    boolean offerAcknowledge) {}
