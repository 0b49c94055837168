package io.oasis.cli.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.client.ApiRefusal;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;

/**
 * A request that carries manifests.
 *
 * @param manifests what was read
 * @param body the request, with the manifests in it; commands add fields of their own
 */
public record ManifestRequest(CheckedManifests manifests, ObjectNode body) {

  /**
   * Sends it.
   *
   * @throws ApiRefusal when the server says no, with its findings at their places in the user's
   *     files, also when variables and overlays lie over them
   */
  public Facts post(OasisClient client, String path) {
    try {
      return client.post(path, body);
    } catch (ApiRefusal refusal) {
      throw refusal.located(manifests.read()::locate);
    }
  }
}
