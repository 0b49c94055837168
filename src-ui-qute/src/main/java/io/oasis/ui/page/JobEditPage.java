package io.oasis.ui.page;

import io.oasis.ui.row.Choice;
import io.oasis.ui.row.Field;
import java.util.List;
import java.util.Map;

/**
 * The editor of a job: a form, and beside it what it amounts to.
 *
 * @param frame around it
 * @param title of the page
 * @param form as it was filled in
 * @param problems that belong to no field
 * @param clash what somebody else has saved meanwhile; empty: nothing
 * @param preview what the form amounts to
 */
public record JobEditPage(
    Frame frame,
    String title,
    Form form,
    List<String> problems,
    List<Clash> clash,
    Preview preview) {

  /**
   * The form.
   *
   * @param base what is edited
   * @param fields what was typed, by the name of the field
   * @param choices of the fields that have some, by the name of the field
   * @param enabled whether the job fires
   */
  public record Form(
      Base base, Map<String, Field> fields, Map<String, List<Choice>> choices, boolean enabled) {
    /** A field; one that nobody has filled in is empty. */
    public Field field(String name) {
      return fields.getOrDefault(name, Field.EMPTY);
    }

    /** The choices of a field. */
    public List<Choice> choices(String name) {
      return choices.getOrDefault(name, List.of());
    }
  }

  /**
   * What is edited.
   *
   * @param action where the form goes to
   * @param back where Cancel leads
   * @param uid of the job; empty: it is to be made
   * @param revision that is edited; empty: it is to be made
   * @param owner Git source that owns the job; empty: nobody's
   */
  public record Base(String action, String back, String uid, String revision, String owner) {
    /** True for a job that is not there yet. */
    public boolean isNew() {
      return uid.isEmpty();
    }
  }

  /**
   * A field that is not the same in all three versions.
   *
   * @param path of the field
   * @param base as it was when the edit began
   * @param theirs as somebody else saved it
   * @param yours as it was to be saved
   * @param both true when both changed it
   */
  public record Clash(String path, String base, String theirs, String yours, boolean both) {}

  /**
   * What a form amounts to.
   *
   * @param problems that keep it from being saved, one sentence each
   * @param fires the next nominal times
   * @param manifest in normal form; empty while there are problems
   */
  public record Preview(List<String> problems, List<JobDetailPage.Fire> fires, String manifest) {
    /** Nothing to show yet. */
    public static final Preview NONE = new Preview(List.of(), List.of(), "");
  }
}
