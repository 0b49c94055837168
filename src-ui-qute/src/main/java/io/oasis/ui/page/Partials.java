package io.oasis.ui.page;

import io.oasis.ui.row.LogRow;
import io.oasis.ui.row.RunRow;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The parts of pages that are sent again while the page is open. */
@CheckedTemplate(basePath = "partial", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
public final class Partials {
  private Partials() {}

  public static native TemplateInstance numbers(DashboardPage.Numbers numbers);

  public static native TemplateInstance newestRuns(List<RunRow> runs);

  public static native TemplateInstance troubles(List<RunRow> runs);

  public static native TemplateInstance openAlarms(String alarms);

  public static native TemplateInstance trend(List<DashboardPage.Hour> hours);

  public static native TemplateInstance ring(DashboardPage.Ring ring);

  public static native TemplateInstance strip(DashboardPage.Strip strip);

  public static native TemplateInstance stripTable(DashboardPage.Strip strip);

  public static native TemplateInstance runHead(RunDetailPage.Head head);

  public static native TemplateInstance logLines(List<LogRow> rows);

  public static native TemplateInstance appPreview(JobEditPage.Preview preview);

  public static native TemplateInstance jobPreview(JobEditPage.Preview preview, String zone);
}
