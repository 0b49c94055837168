/**
 * The measures: what is done with the contenders in a round, and what is done with Oasis alone
 * afterwards. Each gives samples to the journal, and ends the benchmark when a promise is broken.
 */
package io.oasis.bench.measure;
