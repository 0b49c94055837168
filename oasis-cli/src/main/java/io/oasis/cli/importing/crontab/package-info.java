/** Reads crontabs of users, and of the system with their column of users. */
package io.oasis.cli.importing.crontab;
