/**
 * A sample application: settles the orders of a day, as a handler of Oasis jobs. {@link
 * io.oasis.samples.orders.SettleOrders} is the part that an application would write.
 */
package io.oasis.samples.orders;
