package io.oasis.cli.client;

import io.oasis.cli.CliFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the log of one run page by page. A page is taken whole or not at all, the next one is asked
 * for by the cursor that came with it, and a line that was seen is never given again: after a lost
 * connection no line is missing and none comes twice.
 */
public final class LogTail {
  private static final int PAGE = 500;
  private static final Pattern CURSOR =
      Pattern.compile("(?:(\\d{1,9})\\.(\\d{1,9})\\.)?(\\d{1,18})");

  private final OasisClient client;
  private final String run;
  private final Optional<Integer> attempt;
  private final Map<Source, Long> seen = new HashMap<>();
  private Optional<String> cursor;

  /** Where lines are counted: each member of each attempt has its own sequence. */
  private record Source(long attempt, long member) {}

  /**
   * A line of the log.
   *
   * @param attempt from 1
   * @param member 0, or the member's number in a broadcast
   * @param seq counts the lines of (attempt, member)
   * @param at when the executor wrote it
   * @param stream HANDLER, STDOUT, STDERR or SYSTEM
   * @param text without line end; may hold any character
   * @param facts as the server said it
   */
  public record Line(
      long attempt,
      long member,
      long seq,
      Optional<Instant> at,
      String stream,
      String text,
      Facts facts) {}

  /**
   * Some lines.
   *
   * @param lines that were not given before
   * @param end whether nothing will follow
   * @param ended whether the run is final
   * @param missing lines that were lost on the executor's side; known at the end
   */
  public record Page(List<Line> lines, boolean end, boolean ended, long missing) {}

  /**
   * Reads one run's log.
   *
   * @param attempt only of this attempt
   * @param since the last line that the user has, as {@code seq} or {@code attempt.member.seq}
   */
  public LogTail(
      OasisClient client, String run, Optional<Integer> attempt, Optional<String> since) {
    this.client = client;
    this.run = run;
    this.attempt = attempt;
    this.cursor = since.map(this::remember);
  }

  private String remember(String since) {
    Matcher matcher = CURSOR.matcher(since);
    if (!matcher.matches()) {
      throw CliFailure.invalid(
          "\"%s\" is not a place in a log; write a line's number, or attempt.member.number"
              .formatted(since));
    }
    long ofAttempt =
        matcher.group(1) == null ? attempt.orElse(1) : Long.parseLong(matcher.group(1));
    long member = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
    long seq = Long.parseLong(matcher.group(3));
    seen.put(new Source(ofAttempt, member), seq);
    return ofAttempt + "." + member + "." + seq;
  }

  /**
   * The next lines.
   *
   * @param waitSeconds how long the server may wait for lines to come; 0 to 20
   */
  public Page next(int waitSeconds) {
    Query query = Query.on("/runs/" + Query.segment(run) + "/log");
    query.add("limit", Integer.toString(PAGE));
    query.add("cursor", cursor);
    query.add("attempt", attempt.map(String::valueOf));
    if (waitSeconds > 0) {
      query.add("wait", Integer.toString(waitSeconds));
    }
    Facts answer = client.get(query.toString(), Duration.ofSeconds(waitSeconds));
    List<Facts> came = answer.list("lines");
    List<Line> fresh = new ArrayList<>();
    for (Facts facts : came) {
      Line line = line(facts);
      Source source = new Source(line.attempt(), line.member());
      if (line.seq() > seen.getOrDefault(source, Long.MIN_VALUE)) {
        seen.put(source, line.seq());
        fresh.add(line);
      }
    }
    cursor = answer.optional("nextCursor").or(() -> last(came)).or(() -> cursor);
    boolean ended = answer.flag("final");
    boolean end = ended && answer.flag("complete") && came.isEmpty();
    return new Page(List.copyOf(fresh), end, ended, answer.number("missing"));
  }

  private static Optional<String> last(List<Facts> lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Line line = line(lines.get(lines.size() - 1));
    return Optional.of(line.attempt() + "." + line.member() + "." + line.seq());
  }

  private static Line line(Facts facts) {
    return new Line(
        facts.number("attempt"),
        facts.number("member"),
        facts.number("seq"),
        facts.instant("at"),
        facts.text("stream"),
        facts.text("text"),
        facts);
  }
}
