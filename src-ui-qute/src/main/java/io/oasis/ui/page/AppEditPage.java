package io.oasis.ui.page;

import io.oasis.ui.row.Field;
import java.util.List;
import java.util.Map;

/**
 * The editor of an app: a form, and beside it what it amounts to.
 *
 * @param frame around it
 * @param title of the page
 * @param form as it was filled in
 * @param problems that belong to no field
 * @param clash what somebody else has saved meanwhile; empty: nothing
 * @param preview what the form amounts to
 */
public record AppEditPage(
    Frame frame,
    String title,
    Form form,
    List<String> problems,
    List<JobEditPage.Clash> clash,
    JobEditPage.Preview preview) {

  /** What the form carries beside what is typed: the app, and what it was like. */
  public List<String> hidden() {
    return form.fresh()
        ? List.of()
        : List.of("name", "id", "baseTitle", "baseOwnerName", "baseOwnerEmail");
  }

  /**
   * The form.
   *
   * @param base what is edited
   * @param fresh true when the app is to be made
   * @param fields what was typed, by the name of the field
   */
  public record Form(Base base, boolean fresh, Map<String, Field> fields) {
    /** A field; one that nobody has filled in is empty. */
    public Field field(String name) {
      return fields.getOrDefault(name, Field.EMPTY);
    }
  }

  /**
   * What is edited.
   *
   * @param action where the form goes to
   * @param back where Cancel leads
   * @param owner Git source that owns the app; empty: nobody's
   */
  public record Base(String action, String back, String owner) {}
}
