/** Pages of the documentation that are made from the code, and the tests that keep them fresh. */
package io.oasis.server.docs;
