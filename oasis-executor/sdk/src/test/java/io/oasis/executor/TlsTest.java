package io.oasis.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.TlsServerCredentials;
import io.oasis.executor.v1.ExecutorMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest extends ExecutorHarness {
  private static final char[] PASSWORD = "only-for-this-test".toCharArray();
  @TempDir Path folder;
  private KeyStore keys;

  @BeforeEach
  void makeKeys() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String words = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(words).isZero();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
  }

  private FakeServer tlsServer() throws GeneralSecurityException, IOException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    return new FakeServer(
        TlsServerCredentials.newBuilder().keyManager(factory.getKeyManagers()).build());
  }

  private SSLContext trusting() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  @Test
  @DisplayName("E2: an https address speaks TLS and trusts a private authority when told to")
  void httpsAddressSpeaksTls() throws Exception {
    try (FakeServer tls = tlsServer()) {
      start(
          executor()
              .server("https://" + tls.address())
              .tls(trusting().getSocketFactory())
              .handler("settle", run -> "done"));
      tls.await(ExecutorMessage::hasHello);

      tls.assign(FakeServer.assign(1, 1, "settle").build());

      assertThat(tls.await(ExecutorMessage::hasFinished).getFinished().getResult())
          .isEqualTo("done");
    }
  }

  @Test
  @DisplayName("E2: a server that is not trusted is not talked to, the trusted one beside it is")
  void untrustedServerIsNotTalkedTo() throws Exception {
    try (FakeServer untrusted = tlsServer()) {
      start(
          executor()
              .server(("https://" + untrusted.address() + ",").repeat(5) + server.address())
              .handler("settle", run -> "done"));

      server.await(ExecutorMessage::hasHello);

      assertThat(untrusted.streams()).isZero();
    }
  }
}
