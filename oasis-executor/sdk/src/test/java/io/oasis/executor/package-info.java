/** The SDK against a server led by the test. */
package io.oasis.executor;
