/**
 * End-to-end tests: the built server, worker, sample application and CLI as real processes, talked
 * to as a user does. Each class starts what it needs on free ports with folders of its own, and
 * leaves no process behind.
 */
package io.oasis.it;
