package io.oasis.ui.page;

import io.oasis.ui.row.AppRow;
import io.oasis.ui.row.NodeRow;
import java.util.List;

/**
 * One app with its nodes.
 *
 * @param frame around it
 * @param app the row of the list
 * @param ownerEmail may be empty
 * @param nodes online ones first
 */
public record AppDetailPage(Frame frame, AppRow app, String ownerEmail, List<NodeRow> nodes) {}
