package io.oasis.manifest;

import io.oasis.manifest.Manifest.Location;
import io.oasis.manifest.yaml.YamlDocuments;
import io.oasis.manifest.yaml.YamlText;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Mark;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads manifest files. Every mistake of every file is reported at once, each with its file, line,
 * column and path; nothing is thrown for bad input. Instances are immutable and may be shared.
 */
public final class ManifestReader {
  /** A larger file is refused without being looked at. */
  public static final int MAX_FILE_BYTES = 4 * 1024 * 1024;

  /** How many documents one call reads, over all files. */
  public static final int MAX_DOCUMENTS = 20_000;

  private final DocumentReader documents;

  /** A reader whose cron schedules without {@code timeZone} are in UTC. */
  public ManifestReader() {
    this(ZoneId.of("UTC"));
  }

  /**
   * A reader with a time zone for schedules that name none.
   *
   * @param defaultZone used for cron fields and for local dates and times
   */
  public ManifestReader(ZoneId defaultZone) {
    ZoneId zone = defaultZone.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : defaultZone;
    this.documents = new DocumentReader(new SpecReader(zone));
  }

  /** Reads files; an empty list gives an empty result. */
  public ReadResult read(List<SourceFile> files) {
    List<Manifest> manifests = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<String, Location> places = new HashMap<>();
    int left = MAX_DOCUMENTS;
    for (SourceFile file : files) {
      ProblemSink sink = new ProblemSink(file.name());
      left -= read(file, left, sink, places, manifests);
      problems.addAll(sink.sorted());
    }
    return new ReadResult(List.copyOf(manifests), List.copyOf(problems));
  }

  private int read(
      SourceFile file,
      int limit,
      ProblemSink sink,
      Map<String, Location> places,
      List<Manifest> manifests) {
    YamlText decoded = YamlText.decode(file.content(), MAX_FILE_BYTES);
    if (decoded instanceof YamlText.Refused refused) {
      sink.add(refused.error());
      return 0;
    }
    String text = ((YamlText.Decoded) decoded).text();
    if (text.isBlank()) {
      sink.add(Mark.START, "", "the file is empty", "write a document into it, or leave it out");
      return 0;
    }
    YamlDocuments found = YamlDocuments.read(text, limit, MAX_DOCUMENTS);
    found.errors().forEach(sink::add);
    if (found.documents().isEmpty() && found.errors().isEmpty()) {
      sink.add(
          Mark.START,
          "",
          "the file holds no document, only comments",
          "write a document into it, or leave it out");
    }
    for (YamlValue document : found.documents()) {
      DocumentReader.Outcome outcome = documents.read(document, sink);
      outcome.identity().ifPresent(name -> claim(name, outcome.place(), places, sink));
      outcome.manifest().ifPresent(manifests::add);
    }
    return found.documents().size();
  }

  private static void claim(
      String name, Mark here, Map<String, Location> places, ProblemSink sink) {
    Location first =
        places.putIfAbsent(name, new Location(sink.file(), here.line(), here.column()));
    if (first != null) {
      sink.add(
          here,
          "metadata.name",
          name
              + " is defined twice, first at "
              + first.file()
              + ":"
              + first.line()
              + ":"
              + first.column(),
          "remove one of them, or give it another name");
    }
  }
}
