/**
 * The worker: an executor without an application. It offers the handlers "script" and "http", each
 * only when its flags allow something, and opens no port.
 */
package io.oasis.worker;
