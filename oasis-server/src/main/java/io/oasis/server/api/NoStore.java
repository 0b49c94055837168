package io.oasis.server.api;

import io.oasis.server.identity.TokenMechanism;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Keeps answers of the API, tokens among them, out of every cache. */
public class NoStore {

  @ServerResponseFilter
  public void answer(ContainerRequestContext request, ContainerResponseContext response) {
    if (TokenMechanism.isApi("/" + request.getUriInfo().getPath().replaceFirst("^/", ""))) {
      response.getHeaders().putSingle("Cache-Control", "no-store");
    }
  }
}
