/**
 * The server as the CLI sees it: where it is and who asks ({@link io.oasis.cli.client.Endpoint}),
 * questions and answers over HTTP ({@link io.oasis.cli.client.OasisClient}), the saved logins
 * ({@link io.oasis.cli.client.ContextsFile}) and a log's place in its stream ({@link
 * io.oasis.cli.client.LogTail}). JSON is read as a tree: no type of ours is bound by reflection.
 */
package io.oasis.cli.client;
