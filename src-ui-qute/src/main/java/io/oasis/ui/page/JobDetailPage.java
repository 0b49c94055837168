package io.oasis.ui.page;

import io.oasis.ui.row.BlockingWord;
import io.oasis.ui.row.Field;
import io.oasis.ui.row.IncidentRow;
import io.oasis.ui.row.JobBadge;
import io.oasis.ui.row.JobRow;
import io.oasis.ui.row.Moment;
import io.oasis.ui.row.Pair;
import io.oasis.ui.row.RoutingWord;
import io.oasis.ui.row.RunRow;
import io.oasis.ui.row.ScheduleWord;
import java.util.List;
import java.util.Optional;

/**
 * One job.
 *
 * @param frame around it
 * @param job the row of the list
 * @param facts what its manifest says
 * @param fires the next nominal times
 * @param params its params
 * @param start the form that runs it once
 * @param speed how long its runs take
 * @param tab what stands below
 */
public record JobDetailPage(
    Frame frame,
    JobRow job,
    Facts facts,
    List<Fire> fires,
    List<Pair> params,
    Start start,
    Speed speed,
    Tab tab) {

  /**
   * The form that runs the job once.
   *
   * @param open true when it comes back with something wrong
   * @param params as they are, or as they were typed
   * @param more further ones, one a line
   * @param force whether the box is ticked
   */
  public record Start(boolean open, List<Pair> params, Field more, boolean force) {}

  /**
   * What the manifest says.
   *
   * @param revision number
   * @param changed when, and by whom
   * @param disabledReason why it was switched off; may be empty
   * @param unreadable why its stored spec cannot be read; empty: it can
   * @param routing how a node is chosen
   * @param blocking what happens when it fires while it still runs
   * @param timeout of an attempt, written out; may be empty
   * @param retries in words; empty: none
   * @param ownerEmail may be empty
   * @param labels name and value
   */
  public record Facts(
      int revision,
      Changed changed,
      String disabledReason,
      String unreadable,
      RoutingWord routing,
      BlockingWord blocking,
      String timeout,
      String retries,
      String ownerEmail,
      List<Pair> labels) {}

  /**
   * The last change.
   *
   * @param at when
   * @param by who
   */
  public record Changed(Moment at, String by) {}

  /**
   * A nominal time to come.
   *
   * @param inZone in the job's zone
   * @param at in the viewer's
   * @param sameZone true when these are the same
   */
  public record Fire(String inZone, Moment at, boolean sameZone) {}

  /**
   * How long runs take.
   *
   * @param points of a line in a box of 200 by 32, oldest first; empty: too few runs
   * @param median half of the runs were faster
   * @param p95 nineteen of twenty runs were faster
   */
  public record Speed(String points, String median, String p95) {}

  /** What stands below the facts. */
  public sealed interface Tab {
    /** The word of the tab in addresses. */
    String name();

    /** The newest runs. */
    record Runs(List<RunRow> rows) implements Tab {
      @Override
      public String name() {
        return "runs";
      }
    }

    /**
     * Every revision, newest first.
     *
     * @param since what has changed since one of them; empty: nobody asks
     */
    record Revisions(List<Revision> rows, Optional<Since> since) implements Tab {
      @Override
      public String name() {
        return "revisions";
      }
    }

    /**
     * What went wrong with the job, and who is told.
     *
     * @param on what somebody is told of, in words; empty: nothing
     * @param to addresses; may be empty
     */
    record Alarms(String on, String to, List<IncidentRow> rows) implements Tab {
      @Override
      public String name() {
        return "alarms";
      }
    }

    /** The normal form of the manifest's spec. */
    record Manifest(String text) implements Tab {
      @Override
      public String name() {
        return "manifest";
      }
    }
  }

  /** Slug of the app. */
  public String app() {
    return job.link().key().substring(0, job.link().key().indexOf('/'));
  }

  /** True when the next nominal time is not known before the current run ends. */
  public boolean afterRun() {
    return job.kind() == ScheduleWord.FIXED_DELAY && job.state() == JobBadge.ON;
  }

  /** The rows of the tab with the runs. */
  public List<RunRow> runs() {
    return tab instanceof Tab.Runs runs ? runs.rows() : List.of();
  }

  /** The rows of the tab with the revisions. */
  public List<Revision> revisions() {
    return tab instanceof Tab.Revisions revisions ? revisions.rows() : List.of();
  }

  /** What has changed since an earlier revision, when somebody asks; may be null. */
  public Since since() {
    return tab instanceof Tab.Revisions revisions ? revisions.since().orElse(null) : null;
  }

  /** The tab with the alarms; null: another one is shown. */
  public Tab.Alarms alarms() {
    return tab instanceof Tab.Alarms alarms ? alarms : null;
  }

  /** The text of the tab with the manifest. */
  public String manifest() {
    return tab instanceof Tab.Manifest manifest ? manifest.text() : "";
  }

  /**
   * One revision.
   *
   * @param number from 1
   * @param at when
   * @param author who
   * @param source Git source and commit; may be empty
   * @param reason why, as its author said; may be empty
   * @param changes what is different from the one before
   */
  public record Revision(
      int number, Moment at, String author, String source, String reason, List<Change> changes) {
    /** The number, for a sentence. */
    public String text() {
      return Integer.toString(number);
    }
  }

  /**
   * What is different now.
   *
   * @param revision that it is compared with
   * @param changes from it to what is there now
   */
  public record Since(int revision, List<Change> changes) {}

  /**
   * One field that is different.
   *
   * @param path of the field
   * @param before may be empty
   * @param after may be empty
   */
  public record Change(String path, String before, String after) {}
}
