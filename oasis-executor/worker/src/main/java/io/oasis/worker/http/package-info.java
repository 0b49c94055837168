/** The handler "http": makes one HTTP call for each run, to hosts that the worker allows. */
package io.oasis.worker.http;
