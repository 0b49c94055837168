package io.oasis.server.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engine itself remarks about a run or its alarm, one line each. The English text is what
 * runs and their events keep and what the CLI and the REST API show; {@link #read} finds the remark
 * and its values again, so that the console can word it in another language. Places for values
 * stand in angle brackets. The first that fits is the one, so longer ones stand before their
 * beginnings.
 */
public enum Remark {
  NO_EXECUTOR("no executor of the app is online"),
  NO_HANDLER("none of <count> online nodes offers the handler \"<handler>\""),
  NO_LABELS("none of <count> online nodes with the handler has the labels <labels>"),
  SLOTS_TAKEN("all slots of <count> nodes are taken"),
  PLACED("<strategy>: <free> of <slots> slots free"),
  ONE_REFUSED("the only node that can take it refused it"),
  ALL_REFUSED("each of <count> nodes that can take it refused it"),
  LAST("last: <why>"),
  SLOT_HELD("run <run> of the job has the slot"),
  STILL_RUNS("run <run> of the job still runs"),
  QUEUE_FULL("the queue of the job is full: its last run stands for this one"),
  REPLACED_BY("replaced by run <run>"),
  NO_ANSWER("the node did not answer in time"),
  STREAM_ENDED("the node's stream has just ended"),
  NODE_GONE("its node is gone"),
  NODE_OFFLINE("the node is not online"),
  CAME_BACK_WITHOUT("node <node> came back without it"),
  TAKEN_BACK("its node said that it began, and then that it does not take it: <why>"),
  NOT_SENT("it was not sent yet"),
  WENT_BEFORE_SLOT("the node went before it had a slot for it"),
  NO_SLOT_IN_TIME("no slot of the node was free within the queue timeout"),
  NOT_CONFIRMED("its node had not confirmed the stop when the grace was over"),
  TIMEOUT("timeout after <seconds> s"),
  ALL_TOO_LONG("all attempts together took too long"),
  TOTAL_WAITED("its total timeout was over while it waited"),
  WAITED_TOO_LONG("waited longer than its queue timeout"),
  NO_TIME_LEFT("no time for another attempt in the total timeout"),
  NEXT_ATTEMPT("attempt <attempt> in <millis> ms"),
  MEMBERS("<count> of <all> members succeeded"),
  RELEASED_BY("released by <who>"),
  KILLED_BY_WHY("killed by <who>: <why>"),
  KILLED_BY("killed by <who>"),
  ENDED_BY_WHY("ended by <who> without its node's word: <why>"),
  ENDED_BY("ended by <who> without its node's word"),
  WINDOW_AFTER_ABSENCE("older than the misfire window after an absence"),
  HELD_WAITING(
      "it waited when the servers went away for long, and may have run since in a "
          + "life of the database that a restored backup does not know. Release it, or "
          + "cancel it"),
  HELD_PAST(
      "its time passed while no server was there for long; a restored backup looks "
          + "the same. Release it, or cancel it"),
  // Why a word of an alarm did not get where it should.
  NO_MAIL_SERVER("no mail server is configured (OASIS_MAIL_HOST)"),
  NO_WEBHOOK("no webhook is configured (OASIS_WEBHOOK_URL)"),
  NO_OWNER_ADDRESS("neither the job nor its app has an owner with an email"),
  MAIL_SAYS("the mail server says: <why>"),
  MAIL_SILENT("the mail server did not answer within <seconds> s"),
  MAIL_UNUSABLE("the mail server cannot be used: <why>"),
  WEBHOOK_ANSWERED("the webhook answered <status>"),
  WEBHOOK_SILENT("the webhook did not answer within <seconds> s"),
  WEBHOOK_UNREACHABLE("the webhook cannot be reached: <why>"),
  SERVER_STOPPING("the server is stopping");

  private static final Pattern PLACE = Pattern.compile("<([a-z]+)>");

  /** What is longer was said by others. */
  private static final int LONGEST = 1000;

  private final String english;
  private final Pattern shape;

  /** What stands before, between and behind the places. */
  private final String[] between;

  Remark(String english) {
    this.english = english;
    this.shape = shape(english);
    this.between = Pattern.compile("<[a-z]+>").split(english, -1);
  }

  private static Pattern shape(String english) {
    StringBuilder shape = new StringBuilder();
    Matcher places = Pattern.compile("<([a-z]+)>").matcher(english);
    int from = 0;
    while (places.find()) {
      shape.append(Pattern.quote(english.substring(from, places.start())));
      shape.append(value(places.group(1)));
      from = places.end();
    }
    return Pattern.compile(shape.append(Pattern.quote(english.substring(from))).toString());
  }

  private static String value(String name) {
    String kind =
        switch (name) {
          case "all", "attempt", "count", "free", "millis", "run", "seconds", "slots", "status" ->
              "[0-9]+";
          default -> ".+?";
        };
    return "(?<" + name + ">" + kind + ")";
  }

  /** The English wording, with its places in angle brackets. */
  public String english() {
    return english;
  }

  /**
   * The remark as it is kept.
   *
   * @param values for the places, in their order
   */
  public String text(Object... values) {
    StringBuilder text = new StringBuilder(between[0]);
    for (int i = 1; i < between.length; i++) {
      text.append(values[i - 1]).append(between[i]);
    }
    return text.toString();
  }

  /**
   * A remark that was found in a text.
   *
   * @param values by the names of the places
   */
  public record Read(Remark remark, Map<String, String> values) {}

  /** Finds the remark that a text is; empty when somebody else said it. */
  public static Optional<Read> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    for (Remark remark : values()) {
      Matcher shape = remark.shape.matcher(text);
      if (shape.matches()) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher places = PLACE.matcher(remark.english);
        while (places.find()) {
          values.put(places.group(1), shape.group(places.group(1)));
        }
        return Optional.of(new Read(remark, Collections.unmodifiableMap(values)));
      }
    }
    return Optional.empty();
  }
}
