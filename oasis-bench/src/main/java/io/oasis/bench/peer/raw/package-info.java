/** The reference: a loop of SQL in one process, with a history and without anything else. */
package io.oasis.bench.peer.raw;
