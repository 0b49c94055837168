package io.oasis.server.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * In which order a list shows jobs. What jobs have in common is decided by their uid, so that pages
 * neither repeat nor leave out any.
 */
public enum JobOrder {
  /** By app and name. */
  NAME("a.name, j.name", "(a.name, j.name) > (?, ?)"),
  /** By the next nominal time; jobs without one are last. */
  NEXT(
      "coalesce(f.next_fire_at, 'infinity'), j.uid",
      "(coalesce(f.next_fire_at, 'infinity'), j.uid) > (?::timestamptz, ?::bigint)"),
  /** By the last change, newest first. */
  CHANGED("j.updated_at DESC, j.uid DESC", "(j.updated_at, j.uid) < (?::timestamptz, ?::bigint)"),
  /** By the last result: jobs whose last run went wrong, the newest first, and then the others. */
  RESULT(
      "coalesce(t.run_id, 0) DESC, j.uid DESC",
      "(coalesce(t.run_id, 0), j.uid) < (?::bigint, ?::bigint)");

  /** Where jobs without a next time stand. */
  static final String NEVER = "infinity";

  private final String orderBy;
  private final String after;

  JobOrder(String orderBy, String after) {
    this.orderBy = orderBy;
    this.after = after;
  }

  /** As addresses and requests name it: {@code next}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word()}; empty for anything else. */
  public static Optional<JobOrder> parse(String word) {
    return Arrays.stream(values()).filter(order -> order.word().equals(word)).findFirst();
  }

  /** The walks that give the list in this order, one after the other. */
  List<JobWalk> walks() {
    return switch (this) {
      case NAME -> List.of(JobWalk.BY_NAME);
      case NEXT -> List.of(JobWalk.TIMED, JobWalk.UNTIMED);
      case CHANGED -> List.of(JobWalk.BY_CHANGE);
      case RESULT -> List.of(JobWalk.TROUBLED, JobWalk.UNTROUBLED);
    };
  }

  /** The list of ORDER BY. */
  String orderBy() {
    return orderBy;
  }

  /** The condition for jobs after a place, with the two parts of the place as parameters. */
  String after() {
    return after;
  }

  /**
   * Where a page ended.
   *
   * @param first part of the order
   * @param second part of the order
   */
  record Place(String first, String second) {
    private static final char SEPARATOR = '/';

    /** Reads {@link #toString()}; empty for anything else. */
    static Optional<Place> parse(String cursor) {
      int slash = cursor.indexOf(SEPARATOR);
      return slash <= 0 || slash == cursor.length() - 1
          ? Optional.empty()
          : Optional.of(new Place(cursor.substring(0, slash), cursor.substring(slash + 1)));
    }

    @Override
    public String toString() {
      return first + SEPARATOR + second;
    }
  }

  /**
   * The place of a job in this order.
   *
   * @param trouble the job's last run, if that went wrong; else 0
   */
  Place placeOf(Job job, long trouble) {
    return switch (this) {
      case NAME -> new Place(job.key().app(), job.key().name());
      case NEXT ->
          new Place(job.nextFireAt().map(Object::toString).orElse(NEVER), Long.toString(job.uid()));
      case CHANGED -> new Place(job.history().updatedAt().toString(), Long.toString(job.uid()));
      case RESULT -> new Place(Long.toString(trouble), Long.toString(job.uid()));
    };
  }

  /** A place that somebody has sent, if it can be one of this order. */
  Optional<Place> place(String cursor) {
    return Place.parse(cursor).filter(this::isPlace);
  }

  private boolean isPlace(Place place) {
    return switch (this) {
      case NAME -> true;
      case NEXT, CHANGED -> isNumber(place.second()) && isTime(place.first());
      case RESULT -> isNumber(place.second()) && isNumber(place.first());
    };
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,18}");
  }

  private static boolean isTime(String text) {
    return text.equals(NEVER) || text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");
  }
}
