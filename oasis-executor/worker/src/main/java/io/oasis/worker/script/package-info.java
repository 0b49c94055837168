/**
 * The handler "script": starts a process for each run, follows its output live, and leaves none of
 * its processes behind when the run is stopped (KL5).
 */
package io.oasis.worker.script;
