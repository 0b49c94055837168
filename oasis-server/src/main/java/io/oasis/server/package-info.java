/** The Oasis server; the packages below are its features, see the design notes in docs. */
package io.oasis.server;
