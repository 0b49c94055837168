package io.oasis.server.console;

import io.oasis.server.run.Remark;
import io.oasis.ui.RemarkMessages;
import io.oasis.ui.row.RemarkWord;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words in the viewer's language what the engine has remarked in English. */
final class Remarks {
  private static final Pattern PLACE = Pattern.compile("<([a-z]+)>");
  private static final String WHY = "why";

  private final RemarkMessages messages;

  Remarks(RemarkMessages messages) {
    this.messages = messages;
  }

  /** The remark, or several after one another; empty when a part of it was said by others. */
  Optional<String> whole(String text) {
    Optional<String> one = one(text);
    return one.isPresent() ? one : several(text);
  }

  private Optional<String> several(String text) {
    String[] parts = text.split("; ", -1);
    boolean all = Stream.of(parts).allMatch(part -> Remark.read(part).isPresent());
    return parts.length < 2 || !all ? Optional.empty() : Optional.of(parts(text));
  }

  /** The text with those parts worded that are remarks. */
  String parts(String text) {
    return Stream.of(text.split("; ", -1))
        .map(part -> one(part).orElse(part))
        .collect(Collectors.joining("；"));
  }

  private Optional<String> one(String text) {
    return Remark.read(text).map(this::words);
  }

  private String words(Remark.Read read) {
    Matcher places = PLACE.matcher(messages.say(RemarkWord.valueOf(read.remark().name())));
    return places.replaceAll(
        place -> {
          String value = read.values().get(place.group(1));
          // A reason is often a remark itself.
          return Matcher.quoteReplacement(
              place.group(1).equals(WHY) ? one(value).orElse(value) : value);
        });
  }
}
