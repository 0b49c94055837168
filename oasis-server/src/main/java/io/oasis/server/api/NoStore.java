package io.oasis.server.api;

import io.oasis.server.identity.TokenMechanism;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Keeps answers of the API, tokens among them, out of every cache, unless they say otherwise. */
public class NoStore {

  @ServerResponseFilter
  public void answer(ContainerRequestContext request, ContainerResponseContext response) {
    boolean api = TokenMechanism.isApi("/" + request.getUriInfo().getPath().replaceFirst("^/", ""));
    if (api && !response.getHeaders().containsKey("Cache-Control")) {
      response.getHeaders().putSingle("Cache-Control", "no-store");
    }
  }
}
