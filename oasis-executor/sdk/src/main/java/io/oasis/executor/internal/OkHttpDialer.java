package io.oasis.executor.internal;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/** Dials over HTTP/2 with gRPC's small transport, which needs nothing but the JDK's sockets. */
public final class OkHttpDialer implements Dialer {
  private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
  private static final int PING_EVERY_SECONDS = 10;

  private final ClientInterceptor authorization;
  private final SSLSocketFactory tls;

  /**
   * Makes a dialer.
   *
   * @param token goes with every call
   * @param tls where TLS sockets come from; null for the platform's default
   */
  public OkHttpDialer(String token, SSLSocketFactory tls) {
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    this.authorization = MetadataUtils.newAttachHeadersInterceptor(metadata);
    this.tls = tls;
  }

  @Override
  public ManagedChannel dial(ServerAddress server, Executor callbacks) {
    OkHttpChannelBuilder builder =
        OkHttpChannelBuilder.forAddress(server.host(), server.port())
            .executor(callbacks)
            .intercept(authorization)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .keepAliveTime(PING_EVERY_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(SILENCE_SECONDS - PING_EVERY_SECONDS, TimeUnit.SECONDS)
            .disableRetry();
    if (!server.tls()) {
      return builder.usePlaintext().build();
    }
    if (tls != null) {
      builder.sslSocketFactory(tls);
    }
    return builder.useTransportSecurity().build();
  }
}
