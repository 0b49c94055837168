/**
 * When jobs of other schedulers fire, read by the rules of those schedulers and by nothing that
 * Oasis fires by: so that a comparison of both says something.
 */
package io.oasis.cli.importing.fires;
