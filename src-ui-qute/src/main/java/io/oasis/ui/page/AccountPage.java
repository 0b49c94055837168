package io.oasis.ui.page;

import io.oasis.ui.row.AccountRow;

/**
 * One account, to be changed.
 *
 * @param frame around it
 * @param account as it is
 * @param form as it was typed
 * @param own it is the viewer's
 */
public record AccountPage(Frame frame, AccountRow account, AccountsPage.Form form, boolean own) {}
