/** The face of the console: view records and messages for the templates. */
package io.oasis.ui;
