package io.oasis.ui.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages; each takes its record. */
@CheckedTemplate(basePath = "page", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
public final class Pages {
  private Pages() {}

  public static native TemplateInstance dashboard(DashboardPage page);

  public static native TemplateInstance runs(RunsPage page);

  public static native TemplateInstance run(RunDetailPage page);

  public static native TemplateInstance jobs(JobsPage page);

  public static native TemplateInstance job(JobDetailPage page);

  public static native TemplateInstance jobEdit(JobEditPage page);

  public static native TemplateInstance apps(AppsPage page);

  public static native TemplateInstance app(AppDetailPage page);

  public static native TemplateInstance appEdit(AppEditPage page);

  public static native TemplateInstance alarms(AlarmsPage page);

  public static native TemplateInstance alarm(AlarmPage page);

  public static native TemplateInstance settings(SettingsPage page);

  public static native TemplateInstance audit(AuditPage page);

  public static native TemplateInstance accounts(AccountsPage page);

  public static native TemplateInstance account(AccountPage page);

  public static native TemplateInstance tokens(TokensPage page);

  public static native TemplateInstance profile(ProfilePage page);

  public static native TemplateInstance login(LoginPage page);

  public static native TemplateInstance error(ErrorPage page);
}
