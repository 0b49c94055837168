package io.oasis.server.dispatch;

/** How a node went, for the one line that its runs say of it. */
enum Departure {
  /** Its lease ended without a word from it. */
  SILENT,

  /** It said goodbye, was forgotten or was removed, and has not come back since. */
  WENT;

  String said(String node) {
    return switch (this) {
      case SILENT -> "no heartbeat of node " + node + " within its lease";
      case WENT -> "node " + node + " went and did not say how it ended";
    };
  }
}
