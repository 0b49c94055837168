/**
 * Oasis as a contender: real server and executor processes that talk gRPC, on a database of the
 * benchmark's PostgreSQL. Nothing of the server is on the class path; jobs are made by REST, or
 * copied by SQL from jobs that were, and the proof that each of them ran exactly once reads the
 * ledger's tables and asks REST for histories.
 */
package io.oasis.bench.oasis;
