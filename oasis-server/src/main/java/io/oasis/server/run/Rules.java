package io.oasis.server.run;

import io.oasis.server.job.JobVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;

/** Puts the run feature's rules together. */
@ApplicationScoped
public class Rules {
  private final RunMachine machine = new RunMachine(new SecureRandom());
  private final ReportRules reports = new ReportRules(machine);
  private final MemberReports members;

  public Rules(MemberStore store, LedgerStore ledger, JobVersions versions) {
    this.members = new MemberReports(machine, store, ledger, versions);
  }

  /** The steps of a run. */
  public RunMachine machine() {
    return machine;
  }

  /** What a node's report, or its silence, means. */
  public ReportRules reports() {
    return reports;
  }

  /** The same for members of a broadcast. */
  public MemberReports members() {
    return members;
  }
}
