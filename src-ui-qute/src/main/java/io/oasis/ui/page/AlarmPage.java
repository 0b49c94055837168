package io.oasis.ui.page;

import io.oasis.ui.row.DeliveryRow;
import io.oasis.ui.row.IncidentRow;
import io.oasis.ui.row.Moment;
import java.util.List;

/**
 * One incident.
 *
 * @param frame around it
 * @param incident what is shown in lists as well
 * @param owner of the job; may be empty
 * @param firstRun the first run that failed
 * @param acknowledged when
 * @param resolved when
 * @param resolvedRun the run that succeeded; 0: none
 * @param deliveries what was said to whom, oldest first
 */
public record AlarmPage(
    Frame frame,
    IncidentRow incident,
    String owner,
    long firstRun,
    Moment acknowledged,
    Moment resolved,
    long resolvedRun,
    List<DeliveryRow> deliveries) {}
