package dev.edj.dacpac.file;

import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.file.MetadataXml.Metadata;
import dev.edj.dacpac.file.OriginXml.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the parts of a package.
public final class PackageReader {

  /// The largest model of 155 that were looked at has 6.7 MB.
  private static final int LARGEST_MODEL_BYTES = 128 << 20;

  private static final int LARGEST_SCRIPT_BYTES = 16 << 20;
  private static final int LARGEST_OTHER_BYTES = 4 << 20;

  private static final String FORMAT = "3.";

  private static final String MODEL = "model.xml";
  private static final String ORIGIN = "Origin.xml";
  private static final String METADATA = "DacMetadata.xml";
  private static final String REFACTOR_LOG = "refactor.xml";
  private static final String PRE_DEPLOYMENT = "predeploy.sql";
  private static final String POST_DEPLOYMENT = "postdeploy.sql";

  /// The last two say only what kinds of files the others are.
  private static final Set<String> PARTS =
      Set.of(
          MODEL,
          ORIGIN,
          METADATA,
          REFACTOR_LOG,
          PRE_DEPLOYMENT,
          POST_DEPLOYMENT,
          "[Content_Types].xml",
          "_rels/.rels");

  private PackageReader() {}

  /// All that is in a package, with names as they are in [dev.edj.dacpac.Dacpac].
  public record Content(
      String name,
      String version,
      String description,
      String product,
      String modelSha256,
      int modelBytes,
      Model model,
      List<RefactorOperation> refactorLog,
      @Nullable String preDeployment,
      @Nullable String postDeployment) {}

  public static Content read(Path file, boolean checksumRequired)
      throws IOException, DacpacException {
    try (PackageFile zip = PackageFile.open(file)) {
      byte[] model = zip.part(MODEL, LARGEST_MODEL_BYTES);
      Origin origin = OriginXml.read(zip.part(ORIGIN, LARGEST_OTHER_BYTES));
      zip.refuseOthers(PARTS);
      if (!origin.formatVersion().isEmpty() && !origin.formatVersion().startsWith(FORMAT)) {
        throw new DacpacException(
            Code.UNKNOWN_VERSION,
            "the package has the format %s; known are %sx"
                .formatted(Excerpt.of(origin.formatVersion()), FORMAT));
      }
      String sha256 = sha256(model);
      if (checksumRequired) {
        check(sha256, origin);
      }
      Metadata metadata = metadata(zip);
      Optional<byte[]> refactorLog = zip.findPart(REFACTOR_LOG, LARGEST_OTHER_BYTES);
      return new Content(
          metadata.name(),
          metadata.version(),
          metadata.description(),
          origin.product(),
          sha256,
          model.length,
          ModelXml.read(model),
          refactorLog.isPresent() ? RefactorLogXml.read(refactorLog.get()) : List.of(),
          script(zip, PRE_DEPLOYMENT),
          script(zip, POST_DEPLOYMENT));
    }
  }

  /// Nothing protects the scripts: the format has a checksum of the model alone.
  private static void check(String sha256, Origin origin) throws DacpacException {
    if (origin.modelChecksum().isEmpty()) {
      throw new DacpacException(Code.WRONG_CHECKSUM, "Origin.xml has no checksum of model.xml");
    }
    if (!sha256.equalsIgnoreCase(origin.modelChecksum().get())) {
      throw new DacpacException(
          Code.WRONG_CHECKSUM,
          "model.xml was changed after the package was made: its checksum is %s, Origin.xml says %s"
              .formatted(sha256, Excerpt.of(origin.modelChecksum().get())));
    }
  }

  private static Metadata metadata(PackageFile zip) throws IOException, DacpacException {
    Optional<byte[]> content = zip.findPart(METADATA, LARGEST_OTHER_BYTES);
    return content.isPresent() ? MetadataXml.read(content.get()) : new Metadata("", "", "");
  }

  private static @Nullable String script(PackageFile zip, String name)
      throws IOException, DacpacException {
    Optional<byte[]> content = zip.findPart(name, LARGEST_SCRIPT_BYTES);
    return content.isPresent() ? text(name, content.get()) : null;
  }

  /// UTF-8, or UTF-16 with a byte order mark.
  private static String text(String name, byte[] content) throws DacpacException {
    try {
      String text = charset(content).newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new DacpacException(
          Code.MALFORMED, "%s is text neither in UTF-8 nor in UTF-16".formatted(name), e);
    }
  }

  private static Charset charset(byte[] content) {
    if (content.length >= 2 && content[0] == (byte) 0xFF && content[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    if (content.length >= 2 && content[0] == (byte) 0xFE && content[1] == (byte) 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static String sha256(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
