/**
 * The view records, one for each page, and the templates that take them. They hold what is shown,
 * already in the viewer's language and time zone; none knows where it comes from.
 */
package io.oasis.ui.page;
