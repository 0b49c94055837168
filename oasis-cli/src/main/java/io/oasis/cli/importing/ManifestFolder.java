package io.oasis.cli.importing;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.manifest.yaml.YamlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The documents of an import, as one text or as files of a folder. */
public final class ManifestFolder {
  private final List<JobConversion> jobs;
  private final Map<String, String> titles;

  /** The documents of these jobs and of their apps. */
  public ManifestFolder(List<JobConversion> jobs, Map<String, String> appTitles) {
    this.jobs = jobs;
    this.titles = appTitles;
  }

  /** All documents in one text, apps first. */
  public String text() {
    StringBuilder text = new StringBuilder();
    files(Map.of()).values().forEach(t -> text.append(text.isEmpty() ? "" : "---\n").append(t));
    return text.toString();
  }

  /**
   * Writes a file for each document, and the scripts below {@code scripts}.
   *
   * @return how many files there are
   * @throws CliFailure when one of them exists already or cannot be written
   */
  public int write(Path folder) {
    Map<String, String> scripts = new TreeMap<>();
    jobs.forEach(
        job -> job.job().script().ifPresent(s -> scripts.put("scripts/" + s.file(), s.text())));
    Map<String, String> files = files(scripts);
    for (String name : files.keySet()) {
      if (Files.exists(folder.resolve(name))) {
        throw CliFailure.invalid(
            "%s exists already; import into an empty folder".formatted(folder.resolve(name)));
      }
    }
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(
            path, file.getValue(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
      }
    } catch (IOException e) {
      throw new CliFailure(ExitCode.ERROR, folder + ": cannot be written", List.of(), e);
    }
    return files.size();
  }

  private Map<String, String> files(Map<String, String> more) {
    Map<String, String> apps = new TreeMap<>();
    Map<String, String> files = new LinkedHashMap<>();
    for (JobConversion job : jobs) {
      apps.computeIfAbsent(job.job().app(), this::app);
    }
    apps.forEach((name, text) -> files.put(name + "/app.yaml", text));
    for (JobConversion job : jobs) {
      files.put(
          job.job().key() + ".job.yaml",
          "# From " + JobNames.line(job.job().origin()) + "\n" + job.yaml());
    }
    files.putAll(more);
    return files;
  }

  private String app(String name) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "oasis/v1");
    document.put("kind", "App");
    document.put("metadata", Map.of("name", name));
    String title = JobNames.line(titles.getOrDefault(name, name));
    document.put("spec", Map.of("title", title.isEmpty() ? name : title));
    return YamlWriter.write(document);
  }
}
