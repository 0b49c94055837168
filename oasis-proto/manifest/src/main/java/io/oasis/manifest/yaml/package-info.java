/**
 * YAML text to a tree that knows its lines, and back. Nothing here knows what a manifest is.
 *
 * <p>The tree is built from parser events, not by recursion: depth, aliases and the number of
 * documents are bounded, so that no file can make a reader run out of stack, memory or time.
 */
package io.oasis.manifest.yaml;
