/** Reads CronJobs of Kubernetes, {@code batch/v1} and {@code batch/v1beta1}, also in lists. */
package io.oasis.cli.importing.kubernetes;
