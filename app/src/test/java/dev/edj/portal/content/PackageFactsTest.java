package dev.edj.portal.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.content.ContentKind;
import dev.edj.content.ContentVersion;
import dev.edj.content.DacpacVersion;
import dev.edj.portal.content.PackageFacts.Fact;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PackageFactsTest {

  private static final String HASH = "ab".repeat(32);

  @Test
  void aPackageWhoseFileIsKeptSaysWhatItIs() {
    assertThat(PackageFacts.of(version(HASH, 12_345, new DacpacVersion("Orders", "1.4", null))))
        .containsExactly(
            new Fact("Package", "Orders"),
            new Fact("Version of the package", "1.4"),
            new Fact("Bytes", "12,345"),
            new Fact("SHA-256", HASH));
  }

  @Test
  void ofOneThatIsFetchedOnlyThePlaceIsKnown() {
    assertThat(
            PackageFacts.text(
                version(null, null, new DacpacVersion(null, null, "https://a.example/b?…"))))
        .isEqualTo("Fetched at each run from: https://a.example/b?…\n");
  }

  /// Two that differ are not shown as the same.
  @Test
  void versionsOfAPackageDifferInWhatIsComparedOfThem() {
    DacpacVersion named = new DacpacVersion("Orders", "1.4", null);
    assertThat(PackageFacts.text(version(HASH, 1, named)))
        .isNotEqualTo(PackageFacts.text(version("cd".repeat(32), 1, named)));
  }

  private static ContentVersion version(
      @Nullable String sha256, @Nullable Integer length, DacpacVersion dacpac) {
    return new ContentVersion(
        "orders", ContentKind.Dacpac, 1, "", sha256, length, Instant.EPOCH, null, dacpac);
  }
}
