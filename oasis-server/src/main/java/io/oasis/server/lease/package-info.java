/**
 * Every lease of the system that a server holds: its membership (table {@code server}) and the
 * duties that one server at a time does (table {@code duty}); and when a server was last there at
 * all (table {@code attendance}).
 *
 * <p>A lease is a row with a holder and an end. Only the database's clock says whether it has
 * ended; a process compares nothing with its own clock. What a server may believe about its own
 * lease, it counts in monotonic time from before it asked: an answer that came late, or a process
 * that was suspended, makes it believe less, never more.
 *
 * <p>What happens when
 *
 * <ul>
 *   <li><b>a server dies</b> (kill -9, power): its membership ends within {@code
 *       oasis.lease.server} (10 s). Its duties end with their own leases. Nobody cleans up for it;
 *       whoever sees work whose owner has no valid membership takes that work.
 *   <li><b>a server is suspended</b> (stop-the-world, SIGSTOP, a frozen virtual machine) for longer
 *       than its lease: others take its work while it is away. When it wakes it may go on for a
 *       moment in what it was doing, which is why every write under a lease has holder and epoch in
 *       its WHERE and treats zero rows as an answer: {@link
 *       io.oasis.server.lease.DutyLease#stillHeld}.
 *   <li><b>the database goes away</b>: nobody can renew, and nobody can take either, because both
 *       need the database. When it is back, all leases may have ended at once while their holders
 *       were alive. So a server judges others (declares nodes lost) only after it has itself
 *       renewed without a failure for a while: {@link
 *       io.oasis.server.lease.ServerMembership#continuouslyRenewedFor()}. By then every holder that
 *       lives has renewed, too.
 *   <li><b>the network between one server and the database is cut</b>: for the others it is dead;
 *       itself it sees {@link io.oasis.server.lease.ServerMembership#trusted()} turn false before
 *       its lease ends in the database, and reports not ready.
 *   <li><b>the row of a living server is gone</b> (removed after a long outage): the next renewal
 *       finds no row and makes it again.
 *   <li><b>a backup is restored, or all servers were away for long</b>: the last renewal of any
 *       server is in the database, so the first one that comes knows how long nobody was there.
 *       What was planned for that time may have been done in a life that the backup does not know
 *       of: {@link io.oasis.server.lease.ServerMembership#lastAbsence}.
 *   <li><b>two servers take a duty at once</b>: the row's lock decides; the loser sees a lease that
 *       has not ended. A change of holder raises the duty's epoch, so that the earlier holder's
 *       writes no longer match.
 *   <li><b>clocks differ</b>: nothing here uses the machine's clock. The difference is still
 *       measured with each renewal, because people read log lines by it: above 2 s it is logged and
 *       exported, above 30 s the server reports not ready (TM2).
 * </ul>
 */
package io.oasis.server.lease;
