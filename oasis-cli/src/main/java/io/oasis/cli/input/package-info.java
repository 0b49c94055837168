/**
 * What the user hands in: manifest files from files, folders and standard input, read with bounds.
 */
package io.oasis.cli.input;
