/** The mails: records of what they say, and the templates that say it, as HTML and as text. */
package io.oasis.ui.mail;
