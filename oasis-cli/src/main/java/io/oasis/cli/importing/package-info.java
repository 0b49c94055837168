/**
 * Jobs of other schedulers as manifests. An importer reads a text and gives {@link
 * io.oasis.cli.importing.ImportedJob}s: what becomes of each job, and a note for everything that
 * does not become the same. {@link io.oasis.cli.importing.JobConversion} writes the manifest, reads
 * it back with the code that lint uses, and compares the next fires of both sides.
 *
 * <p>Invariants: nothing that was read is ever run; wrong input ends in {@link
 * io.oasis.cli.importing.UnreadableSource} with its place, never in half an import.
 */
package io.oasis.cli.importing;
