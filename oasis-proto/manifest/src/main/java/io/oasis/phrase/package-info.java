/**
 * What readers say of mistakes, as a stable code with named arguments instead of a finished text.
 * The codes and their English are in {@link io.oasis.phrase.Saying}: it is what the CLI and the
 * REST API print. Who speaks another language words the code itself and puts the arguments in.
 * Nothing here knows a manifest, a schedule or a language other than English.
 */
package io.oasis.phrase;
