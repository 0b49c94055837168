/**
 * The server as the CLI sees it: where it is and who asks ({@link io.oasis.cli.client.Endpoint}),
 * questions and answers over HTTP ({@link io.oasis.cli.client.OasisClient}), and what must go on
 * when the connection is lost ({@link io.oasis.cli.client.LogTail}, {@link
 * io.oasis.cli.client.RunWatch}). JSON is read as a tree: no type of ours is bound by reflection.
 */
package io.oasis.cli.client;
