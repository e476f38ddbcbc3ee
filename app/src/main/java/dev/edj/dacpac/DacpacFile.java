package dev.edj.dacpac;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.PackageReader;
import java.io.IOException;
import java.nio.file.Path;

/// Opens packages.
public final class DacpacFile {

  private DacpacFile() {}

  /// What is done when the model is not the one that the package was made with.
  public enum Checksum {
    REQUIRED,
    /// For packages that somebody has repacked by hand, and who is sure of them.
    IGNORED
  }

  /// Reads the whole package. Model, log of renames and scripts are understood as text and XML;
  /// what they mean is not looked at.
  ///
  /// @throws DacpacException when it is no package, or not one that may be trusted
  public static Dacpac open(Path file, Checksum checksum) throws IOException, DacpacException {
    PackageReader.Content content = PackageReader.read(file, checksum == Checksum.REQUIRED);
    return new Dacpac(
        content.name(),
        content.version(),
        content.description(),
        content.product(),
        Platform.of(content.model().provider()),
        content.modelSha256(),
        content.modelBytes(),
        content.model().variables(),
        content.model(),
        content.refactorLog(),
        content.preDeployment(),
        content.postDeployment());
  }
}
