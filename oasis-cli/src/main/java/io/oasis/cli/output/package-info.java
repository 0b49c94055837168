/**
 * How things look: streams and colours, tables whose widths are measured in terminal cells, times
 * as people say them, plans and runs as text. Data goes to standard output, words go to standard
 * error.
 */
package io.oasis.cli.output;
