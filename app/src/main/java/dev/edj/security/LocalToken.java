package dev.edj.security;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.settings.PrivateFile;
import dev.edj.text.FileFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/// The secret by which a client proves that it may read the data directory of the service: 256
/// random bits in the file `token`, made at the first start.
public final class LocalToken {

  /// The user that what is done with the token is put down to.
  public static final String USER = "local";

  private static final String FILE_NAME = "token";
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  @Sensitive private final String text;

  private LocalToken(String text) {
    this.text = text;
  }

  /// The token of `dataDirectory`, made now if there is none yet.
  public static LocalToken open(Path dataDirectory) {
    Path path = dataDirectory.resolve(FILE_NAME);
    try {
      PrivateFile file = new PrivateFile(path);
      if (!Files.exists(path)) {
        file.create(random() + "\n");
      }
      String text = file.read().strip();
      if (!FORM.matcher(text).matches()) {
        throw new EdjException(
            ErrorCode.SETUP,
            null,
            "%s does not hold a token; delete it and start again".formatted(path));
      }
      return new LocalToken(text);
    } catch (IOException e) {
      throw new EdjException(
          ErrorCode.SETUP,
          null,
          "the token in %s can be neither read nor made: %s. Make the directory writable for the user that runs edj, or choose another one with --data"
              .formatted(path, FileFault.reason(e)),
          e);
    }
  }

  /// Takes the same time wherever the first difference is.
  public boolean matches(String presented) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }

  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return Masked.MARK;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
