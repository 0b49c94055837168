package io.oasis.ui.row;

/** Where an incident stands: an icon, a word and a colour each, borrowed from those of runs. */
public enum IncidentBadge {
  OPEN("failed"),
  ACKNOWLEDGED("killing"),
  RESOLVED("succeeded");

  private final String css;

  IncidentBadge(String css) {
    this.css = css;
  }

  /** The word in class names and of the icon. */
  public String css() {
    return css;
  }
}
