package io.oasis.ui.page;

import io.oasis.ui.row.AppRow;
import java.util.List;

/**
 * The list of apps.
 *
 * @param frame around it
 * @param apps by name
 */
public record AppsPage(Frame frame, List<AppRow> apps) {}
