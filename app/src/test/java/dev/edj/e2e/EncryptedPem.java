package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A private key in PEM that can be read with a password only, as `openssl` makes it.
final class EncryptedPem {

  private EncryptedPem() {}

  static String of(String keyPem, String password) {
    ProcessBuilder openssl =
        new ProcessBuilder("openssl", "pkcs8", "-topk8", "-passout", "env:KEY_PASSWORD")
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    openssl.environment().put("KEY_PASSWORD", password);
    try {
      Process process = openssl.start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(keyPem.getBytes(StandardCharsets.UTF_8));
      }
      String pem = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      return pem;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
