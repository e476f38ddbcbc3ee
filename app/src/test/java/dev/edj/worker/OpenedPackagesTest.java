package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.content.Packages;
import dev.edj.content.ReceivedPackage;
import dev.edj.dacpac.Dacpac;
import dev.edj.dacpac.SqlServerDeployer;
import dev.edj.testing.TestControlDatabase;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenedPackagesTest {

  @TempDir private Path directory;
  private TestControlDatabase database;
  private Packages packages;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    packages = new Packages(database.jdbi(), new SqlServerDeployer(), directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void thoseThatWereUsedLastStayOpenAsFarAsTheyAreSmall() throws Exception {
    String one = kept("one");
    String two = kept("two");
    String three = kept("three");
    OpenedPackages opened = new OpenedPackages(packages, 2 * size(three));
    Dacpac first = opened.of(one);
    Dacpac second = opened.of(two);
    assertThat(opened.of(one)).isSameAs(first);
    opened.of(three);
    assertThat(opened.of(one)).isSameAs(first);
    assertThat(opened.of(two)).isNotSameAs(second).isEqualTo(second);
  }

  @Test
  void oneThatIsTooLargeIsKeptAlone() throws Exception {
    String one = kept("one");
    String two = kept("two");
    OpenedPackages opened = new OpenedPackages(packages, 1);
    Dacpac first = opened.of(one);
    assertThat(opened.of(one)).isSameAs(first);
    opened.of(two);
    assertThat(opened.of(one)).isNotSameAs(first);
  }

  private long size(String sha256) {
    return packages.open(sha256).modelBytes();
  }

  private String kept(String table) throws Exception {
    byte[] file =
        dev.edj.dacpac.Packages.with(
                "<Element Type='SqlTable' Name='[dbo].[%s]'/>".formatted(table))
            .bytes();
    try (ReceivedPackage received = packages.receive("dacpac", new ByteArrayInputStream(file))) {
      database.jdbi().useTransaction(handle -> packages.keep(handle, received));
      return received.sha256();
    }
  }
}
