/**
 * When a job fires: schedules and their next times as pure functions of (schedule, last nominal
 * time, now). No clock is read here; the CLI's preview, the server's plan and its trigger loop all
 * call the same code and so can never disagree.
 */
package io.oasis.schedule;
