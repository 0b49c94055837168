package io.oasis.cli.importing.kubernetes;

/** Spells an expression of Kubernetes so that it means the same as a UNIX cron. */
final class CronForOasis {
  private CronForOasis() {}

  /**
   * {@code ?} becomes {@code *}. Where both day fields restrict, {@code *}{@code /2} becomes {@code
   * 1-31/2}: to Kubernetes that is a restriction, so one of both suffices; to cron it is none. A
   * step from a number on becomes a range.
   */
  static String of(String fields) {
    String[] parts = fields.replace('?', '*').split("\\s+", -1);
    if (parts.length != 5) {
      return fields;
    }
    int[] ends = {59, 23, 31, 12, 6};
    int[] begins = {0, 0, 1, 1, 0};
    for (int i = 0; i < parts.length; i++) {
      String end = Integer.toString(ends[i]);
      parts[i] = parts[i].replaceAll("(^|,)(\\d+)/(\\d+)", "$1$2-" + end + "/$3");
      if (i == 2 || i == 4) {
        parts[i] = parts[i].replaceAll("(^|,)\\*/1(?!\\d)", "$1*");
        boolean restricts = parts[i].startsWith("*/");
        if (restricts && !parts[6 - i].equals("*")) {
          parts[i] = parts[i].replace("*/", begins[i] + "-" + end + "/");
        }
      }
    }
    return String.join(" ", parts);
  }
}
