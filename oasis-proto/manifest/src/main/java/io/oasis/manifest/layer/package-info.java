/**
 * What may lie over manifest files before they are checked: variables, whose values are put into
 * scalars, and overlays, whose documents patch those of the files. Both work on trees that keep the
 * place of every value, so that a mistake is shown where its author wrote it.
 *
 * <p>Invariants: nothing is replaced that nobody asked for; a value can never become structure; a
 * patch of something that is not there is a mistake.
 */
package io.oasis.manifest.layer;
