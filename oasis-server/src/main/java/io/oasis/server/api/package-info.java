/**
 * The REST API under {@code /api/v1}: resources and their wire records. It translates and decides
 * nothing; every error is problem+json ({@link io.oasis.server.api.Problem}), every route names a
 * permission. The contract for users is in {@code docs/api.md}.
 */
package io.oasis.server.api;
