package io.oasis.ui.row;

/** Whether something was said to somebody; looks are borrowed from those of runs. */
public enum DeliveryBadge {
  PENDING("queued"),
  SENT("succeeded"),
  FAILED("failed");

  private final String css;

  DeliveryBadge(String css) {
    this.css = css;
  }

  /** The word in class names and of the icon. */
  public String css() {
    return css;
  }
}
