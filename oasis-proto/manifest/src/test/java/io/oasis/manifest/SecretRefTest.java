package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRefTest {

  private static JobSpec spec(String params) {
    return Read.spec("params: " + params);
  }

  @Test
  @DisplayName("GO11: a secret param is a reference, in the manifest, in its normal form and back")
  void reference() {
    JobSpec spec = spec("{user: app, password: {secretRef: db-password}}");
    assertThat(SecretRef.nameIn(spec.params().get("password"))).contains("db-password");
    assertThat(SecretRef.nameIn(spec.params().get("user"))).isEmpty();
    assertThat(SpecForm.toMap(spec).get("params"))
        .isEqualTo(Map.of("user", "app", "password", Map.of("secretRef", "db-password")));
    assertThat(SpecForm.fromMap(SpecForm.toMap(spec))).isEqualTo(spec);
  }

  @Test
  @DisplayName("GO11: plan shows which secret is referred to, before and after")
  void difference() {
    assertThat(
            SpecForm.diff(
                spec("{password: {secretRef: old}}"), spec("{password: {secretRef: young}}")))
        .containsExactly(new FieldChange("params.password.secretRef", "old", "young"));
  }

  @Test
  @DisplayName("a reference that names nothing, or something else as well, is refused in its place")
  void mistakes() {
    assertThat(Read.problem("params: {a: {secretRef: Not A Name}}"))
        .contains("spec.params.a.secretRef", "is not a name");
    assertThat(Read.problem("params: {a: {secretRef: b, valu: c}}"))
        .contains("spec.params.a.valu", "unknown field");
    assertThat(Read.problem("params: {a: {}}"))
        .contains("spec.params.a  this must be text or a secret");
  }

  @Test
  @DisplayName("a plain value cannot pass for a reference")
  void plainValue() {
    assertThat(Read.problem("params: {a: \"secretRef:db-password\"}"))
        .contains("spec.params.a  ", "cannot begin with", "write {secretRef: db-password}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "DB_PASSWORD",
        "dbPassword",
        "api-key",
        "apiKey",
        "X-API-Key",
        "github.token",
        "client_secret",
        "private-key",
        "aws/accessKey"
      })
  @DisplayName("GO11: these names say that their value is a secret")
  void secretNames(String name) {
    assertThat(SecretRef.isSecretName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"region", "key", "max-tokens", "keyboard", "partition-key", "passwords2"})
  @DisplayName("these names say nothing of the kind")
  void otherNames(String name) {
    assertThat(SecretRef.isSecretName(name)).isFalse();
  }
}
