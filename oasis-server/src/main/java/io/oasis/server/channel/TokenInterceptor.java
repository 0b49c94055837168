package io.oasis.server.channel;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/**
 * Takes the token out of the call's metadata. Whether it is valid is asked later, on a thread that
 * may block.
 */
@ApplicationScoped
public class TokenInterceptor implements ServerInterceptor {
  static final Context.Key<String> TOKEN = Context.key("oasis-token");

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "bearer ";

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String header = headers.get(AUTHORIZATION);
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      call.close(
          Status.UNAUTHENTICATED.withDescription(
              "no token: send the metadata entry `authorization: Bearer <executor token>`"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    String token = header.substring(SCHEME.length()).strip();
    return Contexts.interceptCall(Context.current().withValue(TOKEN, token), call, headers, next);
  }
}
