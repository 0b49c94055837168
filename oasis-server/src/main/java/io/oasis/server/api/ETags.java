package io.oasis.server.api;

import io.oasis.server.apply.JobEditor;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ETag of a job: which revision of which job. Switching a job on or off does not change it. */
final class ETags {
  private static final Pattern FORM = Pattern.compile("(?:W/)?\"(\\d{1,18})\\.(\\d{1,9})\"");

  private ETags() {}

  static String of(long uid, int revision) {
    return "\"" + uid + "." + revision + "\"";
  }

  /** Reads If-Match; empty when it is none of ours. */
  static Optional<JobEditor.Base> parse(String header) {
    String text = header.strip();
    if (text.equals("*")) {
      return Optional.of(new JobEditor.Base.Any());
    }
    Matcher found = FORM.matcher(text);
    return found.matches()
        ? Optional.of(
            new JobEditor.Base.Revision(
                Long.parseLong(found.group(1)), Integer.parseInt(found.group(2))))
        : Optional.empty();
  }
}
