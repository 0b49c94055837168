package io.oasis.server.console;

import io.oasis.ui.page.JobDetailPage;
import io.oasis.ui.row.Field;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The form that runs a job once, as it was sent.
 *
 * @param params of the job, with the values for this run
 * @param more lines with further ones
 * @param force whether it starts beside the others
 */
record StartForm(Map<String, String> params, String more, boolean force) {
  private static final String PARAM = "param.";

  static StartForm of(MultivaluedMap<String, String> form) {
    Map<String, String> params = new LinkedHashMap<>();
    form.forEach(
        (field, values) -> {
          if (field.startsWith(PARAM)) {
            params.put(field.substring(PARAM.length()), values.get(0));
          }
        });
    String more = form.getFirst("more");
    return new StartForm(params, more == null ? "" : more, form.containsKey("force"));
  }

  /** The first further line that is not key=value. */
  Optional<String> wrongLine() {
    return more.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && line.indexOf('=') <= 0)
        .findFirst();
  }

  /** All params of the run. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>(params);
    more.lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              all.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            });
    return all;
  }

  /** The same form with what is wrong. */
  JobDetailPage.Start again(Speech speech) {
    return new JobDetailPage.Start(
        true,
        RunDetailView.pairs(params),
        new Field(more, wrongLine().map(speech.jobMessages()::notALine).orElse("")),
        force);
  }
}
