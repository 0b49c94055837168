package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Predecessor;
import io.oasis.manifest.Problem;
import io.oasis.server.job.ManagedJob;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the job that a document means: the one of its name, or else the one that it says it was
 * (GO4).
 */
final class Predecessors {
  private final CurrentState current;
  private final Set<JobKey> wanted;
  private final List<Problem> problems;
  private final Map<Long, JobKey> claimed = new HashMap<>();

  /**
   * Looks among what there is.
   *
   * @param wanted the names of all documents
   * @param problems gets what is wrong
   */
  Predecessors(CurrentState current, Collection<JobManifest> wanted, List<Problem> problems) {
    this.current = current;
    this.wanted = wanted.stream().map(JobManifest::key).collect(Collectors.toSet());
    this.problems = problems;
  }

  /** The job before the document; empty when it is a new one, or when a problem was added. */
  Optional<ManagedJob> of(JobManifest job) {
    Predecessor before = job.predecessor();
    Optional<ManagedJob> same = Optional.ofNullable(current.jobs().get(job.key()));
    if (same.isPresent()) {
      if (before.uid().isPresent() && before.uid().get() != same.get().uid()) {
        report(
            job,
            "metadata.uid",
            "job " + job.key() + " is there already, with the uid " + same.get().uid(),
            "choose another name, or take the uid out");
      }
      return same;
    }
    Optional<ManagedJob> old =
        before.uid().isPresent() ? byUid(job, before.uid().get()) : byName(job, before);
    return old.filter(found -> claims(job, found));
  }

  private Optional<ManagedJob> byUid(JobManifest job, long uid) {
    Optional<ManagedJob> found = Optional.ofNullable(current.byUid().get(uid));
    if (found.isEmpty()) {
      report(
          job,
          "metadata.uid",
          "there is no job with the uid " + uid,
          "take the uid out to make a new job");
    } else if (!found.get().key().app().equals(job.key().app())) {
      report(
          job,
          "metadata.uid",
          "job " + found.get().key() + " has that uid, and a job stays in its app",
          "take the uid out to make a new job");
      return Optional.empty();
    }
    return found;
  }

  /** A name that is not there any more says nothing: the document was applied before. */
  private Optional<ManagedJob> byName(JobManifest job, Predecessor before) {
    return before
        .renamedFrom()
        .flatMap(
            name -> Optional.ofNullable(current.jobs().get(new JobKey(job.key().app(), name))));
  }

  private boolean claims(JobManifest job, ManagedJob found) {
    if (wanted.contains(found.key())) {
      report(
          job,
          "metadata.renamedFrom",
          "job " + found.key() + " is in these files itself",
          "take one of the two documents out");
      return false;
    }
    JobKey other = claimed.putIfAbsent(found.uid(), job.key());
    if (other != null) {
      report(
          job,
          "metadata.renamedFrom",
          "job " + other + " was job " + found.key() + " as well",
          "one job can get one new name");
    }
    return other == null;
  }

  private void report(JobManifest job, String path, String message, String hint) {
    problems.add(Problem.at(job.location(), path, message, hint));
  }
}
