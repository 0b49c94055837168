/**
 * Flags that several commands share, as picocli mixins: help and verbosity, the server, files, the
 * output format, waiting.
 */
package io.oasis.cli.options;
