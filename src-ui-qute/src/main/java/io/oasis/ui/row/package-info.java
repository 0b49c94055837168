/** What several pages show: rows of tables, states, moments. */
package io.oasis.ui.row;
