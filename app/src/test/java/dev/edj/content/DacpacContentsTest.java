package dev.edj.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.dacpac.Dacpac;
import dev.edj.outward.AllowedHosts;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Data-tier packages as contents.
@TestInstance(Lifecycle.PER_CLASS)
class DacpacContentsTest {

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  private final Contents contents = fleet.contents;

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aPackageIsKeptAndToldOf() throws IOException {
    byte[] file = made("one");
    Content created = contents.createDacpac("kept", new ByteArrayInputStream(file), "first");
    assertThat(created.kind()).isEqualTo(ContentKind.Dacpac);
    ContentVersion version = contents.versions("kept").getFirst();
    assertThat(version.kind()).isEqualTo(ContentKind.Dacpac);
    assertThat(version.comment()).isEqualTo("first");
    assertThat(version.text()).isNull();
    assertThat(version.length()).isEqualTo(file.length);
    assertThat(version.sha256()).matches("[0-9a-f]{64}");
    assertThat(version.dacpac()).isEqualTo(new DacpacVersion("made", "1.2.0.0", null));
    assertThat(contents.dacpacFile("kept", null)).isEqualTo(file);
    Dacpac opened = fleet.packages.open(Objects.requireNonNull(version.sha256()));
    assertThat(opened.name()).isEqualTo("made");
  }

  @Test
  void blanksAroundAUriAreNoPartOfIt() {
    Contents allowed =
        new Contents(
            database.jdbi(),
            fleet.packages,
            new PackageFetch(AllowedHosts.parse(List.of("packages.example.com")), fleet.packages));
    String uri = " https://packages.example.com/a.dacpac?sig=secret\n";
    allowed.create(new NewContent("blanks", null, null, uri));
    ContentVersion added =
        allowed.addVersion("blanks", new NewContentVersion(null, null, uri, null));
    assertThat(added.dacpac())
        .isEqualTo(new DacpacVersion(null, null, "https://packages.example.com/a.dacpac?…"));
    assertThat(allowed.versions("blanks")).hasSize(2);
  }

  @Test
  void everyUpdateIsAVersionAndTheSameFileIsKeptOnce() throws IOException {
    byte[] file = made("same");
    contents.createDacpac("twice", new ByteArrayInputStream(file), null);
    ContentVersion second =
        contents.addDacpacVersion("twice", new ByteArrayInputStream(file), "again", null);
    ContentVersion third =
        contents.addDacpacVersion("twice", new ByteArrayInputStream(made("other")), null, null);
    assertThat(second.version()).isEqualTo(2);
    assertThat(contents.version("twice", 1).sha256()).isEqualTo(second.sha256());
    assertThat(third.sha256()).isNotEqualTo(second.sha256());
    assertThat(contents.named("twice").latestVersion()).isEqualTo(3);
    assertThat(packagesOf(Objects.requireNonNull(second.sha256()))).isOne();
    assertThat(contents.dacpacFile("twice", 2)).isEqualTo(file);
  }

  @Test
  void whatIsNoPackageIsRefusedWithTheReason() throws IOException {
    assertRefused(
        () ->
            contents.createDacpac(
                "text", stream("SELECT 1".getBytes(StandardCharsets.UTF_8)), null),
        ErrorCode.INVALID_PACKAGE,
        "no zip file");
    byte[] changed =
        dev.edj.dacpac.Packages.with("<Element Type='SqlTable' Name='[a]'/>")
            .checksum("00")
            .bytes();
    assertRefused(
        () -> contents.createDacpac("changed", stream(changed), null),
        ErrorCode.INVALID_PACKAGE,
        "checksum");
    contents.createDacpac("good", stream(made("good")), null);
    assertRefused(
        () -> contents.addDacpacVersion("good", stream(changed), null, null),
        ErrorCode.INVALID_PACKAGE,
        "checksum");
    assertThat(contents.versions("good")).hasSize(1);
    assertThat(contents.list()).extracting(Content::name).doesNotContain("text", "changed");
  }

  @Test
  void aPackageThatNeverEndsIsRefusedWhenItIsTooLarge() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) 0);
            return length;
          }
        };
    assertRefused(
        () -> contents.createDacpac("endless", endless, null),
        ErrorCode.TOO_LARGE,
        "larger than 24 MiB");
  }

  @Test
  void aLargePackageIsKeptWhole() throws IOException {
    byte[] noise = new byte[Packages.LARGEST_BYTES - 100_000];
    new Random(1).nextBytes(noise);
    // A part that packages have, and nobody reads.
    byte[] file = dev.edj.dacpac.Packages.with("").part("[Content_Types].xml", noise).bytes();
    contents.createDacpac("large", stream(file), null);
    assertThat(contents.version("large", null).length()).isEqualTo(file.length);
    assertThat(contents.dacpacFile("large", null)).isEqualTo(file);
  }

  @Test
  void aContentStaysOfItsKind() throws IOException {
    contents.create(new NewContent("script", "SELECT 1", null));
    contents.createDacpac("package", stream(made("kind")), null);
    assertRefused(
        () -> contents.addDacpacVersion("script", stream(made("kind")), null, null),
        ErrorCode.INVALID_FIELD,
        "is a script");
    assertRefused(
        () -> contents.addVersion("package", new NewContentVersion("SELECT 1", null)),
        ErrorCode.INVALID_FIELD,
        "is a data-tier package");
    assertRefused(
        () -> contents.addVersion("nothing", new NewContentVersion("SELECT 1", null)),
        ErrorCode.NOT_FOUND,
        "does not exist");
    assertRefused(
        () -> contents.dacpacFile("script", null), ErrorCode.NOT_FOUND, "data-tier package");
    assertRefused(
        () -> contents.createDacpac("script", stream(made("kind")), null),
        ErrorCode.ALREADY_EXISTS,
        "exists already");
  }

  @Test
  void theSchemaHoldsTheKinds() throws IOException {
    contents.create(new NewContent("held script", "SELECT 1", null));
    contents.createDacpac("held package", stream(made("held")), null);
    for (String insertion :
        List.of(
            "INSERT INTO content_version (content_id, version, kind, package_uri) SELECT content_id, 2, 'Dacpac', 'https://x/y' FROM content WHERE name = 'held script'",
            "INSERT INTO content_version (content_id, version, text, sha256) SELECT content_id, 2, 'SELECT 1', 'x' FROM content WHERE name = 'held package'",
            "INSERT INTO content_version (content_id, version, kind) SELECT content_id, 2, 'Dacpac' FROM content WHERE name = 'held package'",
            "INSERT INTO content_version (content_id, version, kind, package_uri, package_sha256) SELECT content_id, 2, 'Dacpac', 'https://x/y', (SELECT sha256 FROM package LIMIT 1) FROM content WHERE name = 'held package'",
            "UPDATE content SET kind = 'Script' WHERE name = 'held package'")) {
      assertThatThrownBy(() -> database.jdbi().useHandle(handle -> handle.execute(insertion)))
          .as(insertion)
          .isInstanceOf(JdbiException.class)
          .hasMessageContaining("constraint");
    }
  }

  @Test
  void aPackageThatNothingHasAnyMoreGoes() throws IOException {
    contents.createDacpac("going", stream(made("going")), null);
    String going = Objects.requireNonNull(contents.version("going", null).sha256());
    contents.createDacpac("staying", stream(made("staying")), null);
    String staying = Objects.requireNonNull(contents.version("staying", null).sha256());
    contents.delete("going");
    fleet.packages.removeUnused();
    assertThat(packagesOf(going)).as("somebody may bring it again").isOne();
    database
        .jdbi()
        .useHandle(
            handle -> handle.execute("UPDATE package SET used_at = now() - interval '2 hours'"));
    fleet.packages.removeUnused();
    assertThat(packagesOf(going)).isZero();
    assertThat(packagesOf(staying)).isOne();
  }

  @Test
  void aPackageIsFetchedFromNowhereUnlessSomebodyAllowsTheHost() {
    assertRefused(
        () -> contents.create(fetched("nowhere", "https://packages.example.com/a.dacpac")),
        ErrorCode.INVALID_FIELD,
        "packages may not be fetched from https://packages.example.com");
  }

  @Test
  void aUriIsRefusedWithItsFieldAndShownWithoutItsQuery() {
    Contents allowing =
        new Contents(
            database.jdbi(),
            fleet.packages,
            new PackageFetch(AllowedHosts.parse(List.of("packages.example.com")), fleet.packages));
    for (String bad :
        List.of(
            "ftp://packages.example.com/a.dacpac",
            "https://user:secret@packages.example.com/a.dacpac",
            "https:///a.dacpac",
            "packages.example.com/a.dacpac",
            "http://packages.example.com/a.dacpac",
            "https://packages.example.com:444/a.dacpac",
            "https://packages.example.com.evil.example/a.dacpac",
            "https://packages.example.com/a b?sig=secret")) {
      assertThatThrownBy(() -> allowing.create(fetched("bad", bad)))
          .as(bad)
          .isInstanceOfSatisfying(
              EdjException.class, e -> assertThat(e.field()).isEqualTo("dacpacUri"))
          .hasMessageNotContaining("secret");
    }
    allowing.create(fetched("signed", "https://packages.example.com/a.dacpac?sig=secret"));
    ContentVersion version = allowing.version("signed", null);
    assertThat(version.sha256()).isNull();
    assertThat(version.length()).isNull();
    assertThat(version.dacpac())
        .isEqualTo(new DacpacVersion(null, null, "https://packages.example.com/a.dacpac?…"));
    assertThat(allowing.versions("signed")).containsExactly(version);
    assertRefused(
        () -> allowing.dacpacFile("signed", null), ErrorCode.NOT_FOUND, "fetched at each run");
    assertRefused(
        () ->
            allowing.create(
                new NewContent("both", "SELECT 1", null, "https://packages.example.com/a.dacpac")),
        ErrorCode.INVALID_FIELD,
        "does not go with a script");
    assertRefused(
        () -> allowing.create(new NewContent("neither", null, null, null)),
        ErrorCode.INVALID_FIELD,
        "must be given");
  }

  private static NewContent fetched(String name, String uri) {
    return new NewContent(name, null, null, uri);
  }

  private static byte[] made(String table) {
    return dev.edj.dacpac.Packages.with(
            "<Element Type='SqlTable' Name='[dbo].[%s]'/>".formatted(table))
        .bytes();
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private int packagesOf(String sha256) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT count(*) FROM package WHERE sha256 = :sha256")
                .bind("sha256", sha256)
                .mapTo(Integer.class)
                .one());
  }

  private static void assertRefused(ThrowingCallable what, ErrorCode code, String text) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            EdjException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.text()).contains(text);
            });
  }
}
