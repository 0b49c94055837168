/** Reads the job tables of XXL-JOB, from a dump of MySQL or an export as JSON. */
package io.oasis.cli.importing.xxl;
