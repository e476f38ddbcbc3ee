package dev.edj.dacpac.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edj.dacpac.Dacpac;
import dev.edj.dacpac.DacpacFile;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.interpret.Interpreter;
import dev.edj.dacpac.model.Database;
import dev.edj.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Plans for packages that people have really made.
class RealPackagesPlanTest {

  private static final PublishOptions OPTIONS =
      new PublishOptions(
          Map.of(PublishOption.DROP_OBJECTS_NOT_IN_SOURCE, true), Set.of(), Set.of(), Map.of());

  /// Each version of a product is deployed over the one before, the first over nothing.
  @TestFactory
  Stream<DynamicTest> chains() throws IOException {
    return directories(packages().resolve("chains")).stream()
        .map(chain -> DynamicTest.dynamicTest(chain.getFileName().toString(), () -> follow(chain)));
  }

  private static void follow(Path chain) throws IOException, DacpacException {
    Database now = null;
    Set<UUID> done = new HashSet<>();
    for (Path file : files(chain)) {
      Source source = source(file);
      Database before = now == null ? empty(source.database()) : now;
      DeploymentPlan plan = Planner.plan(source, before, OPTIONS);
      Database after = SimulatedDatabase.after(plan, before);
      source.renames().forEach(rename -> done.add(rename.key()));
      now =
          new Database(after.collation(), after.caseSensitive(), after.objects(), Set.copyOf(done));
      assertThat(after.objects())
          .as("after %s", file.getFileName())
          .hasSameSizeAs(source.database().objects());
      DeploymentPlan second = Planner.plan(source, now, OPTIONS);
      assertThat(second.changesNothing())
          .as(
              "%s a second time:%n%s",
              file.getFileName(), DeploymentScript.of(second, OPTIONS, "again"))
          .isTrue();
    }
  }

  /// Every package that is not refused makes its database from nothing, and then has no more to do.
  @TestFactory
  Stream<DynamicTest> singles() throws IOException {
    List<Path> all = new ArrayList<>(files(packages().resolve("single")));
    all.addAll(files(packages().resolve("golden").resolve("procfwk")));
    return all.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> make(file)));
  }

  private static void make(Path file) throws IOException, DacpacException {
    Source source;
    try {
      source = source(file);
    } catch (DacpacException e) {
      assumeTrue(false, "refused: " + e.getMessage());
      return;
    }
    Database empty = empty(source.database());
    Database after = SimulatedDatabase.after(Planner.plan(source, empty, OPTIONS), empty);
    assertThat(after.objects()).hasSameSizeAs(source.database().objects());
    Set<UUID> done =
        source.renames().stream().map(rename -> rename.key()).collect(Collectors.toSet());
    Database now = new Database(after.collation(), after.caseSensitive(), after.objects(), done);
    assertThat(Planner.plan(source, now, OPTIONS).changesNothing()).isTrue();
  }

  /// DacFx's script for procfwk is one that makes everything: its statements are ours.
  @Test
  void theStatementsForProcfwkAreThoseOfDacFx() throws IOException, DacpacException {
    Path folder = packages().resolve("golden").resolve("procfwk");
    Source source = source(folder.resolve("MetadataDB.dacpac"));
    Set<String> ours = new TreeSet<>(statements(source, empty(source.database())));
    Set<String> theirs =
        batches(folder.resolve("MetadataDBPublish.publish.sql")).stream()
            .filter(batch -> batch.matches("(?i)(CREATE|ALTER TABLE) .*"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(ours).containsAll(theirs);
    assertThat(ours.stream().filter(batch -> !theirs.contains(batch)))
        .allMatch(batch -> batch.contains("CHECK CONSTRAINT"));
  }

  /// DacFx's other scripts were written for versions that are not all here; their statements are
  /// those of plans between versions that are. docs/reference/dacpac.md lists the others.
  @Test
  void theStatementsOfDacFxBetweenVersionsAreOurs() throws IOException, DacpacException {
    Set<String> ours = new HashSet<>();
    List<Path> chain = files(packages().resolve("chains").resolve("seequality"));
    for (Path file : chain) {
      Source after = source(file);
      ours.addAll(statements(after, empty(after.database())));
      for (Path other : chain) {
        ours.addAll(statements(after, source(other).database()));
      }
    }
    Path folder = packages().resolve("golden").resolve("seequality");
    int compared = 0;
    for (Path script : files(folder, ".sql")) {
      List<String> theirs =
          batches(script).stream()
              .filter(batch -> batch.matches("(?i)(CREATE|ALTER|DROP|EXEC|IF|INSERT|/\\*|--).*"))
              .filter(batch -> NOT_OURS.stream().noneMatch(batch::contains))
              .toList();
      assertThat(ours).as("%s", script.getFileName()).containsAll(theirs);
      compared += theirs.size();
    }
    assertThat(compared).isGreaterThan(80);
  }

  /// Databases and their options are not deployed; the log of renames has a comment; and no version
  /// is here that adds this column.
  private static final List<String> NOT_OURS =
      List.of(
          "Deployment script for",
          "Detect SQLCMD mode",
          "SQLCMD mode must be enabled",
          "CREATE DATABASE",
          "ALTER DATABASE",
          "[sys].[databases]",
          "[sysdatabases]",
          "fulltextserviceproperty",
          "-- Refactoring step to update target server with deployed transaction logs",
          "[InsertedAt]");

  private static List<String> statements(Source after, Database before) throws DacpacException {
    return Planner.plan(after, before, OPTIONS).steps().stream()
        .filter(step -> !step.phase().isScript())
        .flatMap(step -> step.batches().stream())
        .map(RealPackagesPlanTest::normal)
        .toList();
  }

  private static List<String> batches(Path script) throws IOException {
    return Stream.of(Files.readString(script).split("(?im)^GO\\s*$", -1))
        .map(RealPackagesPlanTest::normal)
        .toList();
  }

  private static String normal(String batch) {
    return batch.replaceAll("\\s+", " ").strip();
  }

  private static Source source(Path file) throws IOException, DacpacException {
    Dacpac dacpac = DacpacFile.open(file, DacpacFile.Checksum.REQUIRED);
    Map<String, String> variables =
        dacpac.variables().stream().collect(Collectors.toMap(name -> name, name -> "value"));
    PublishOptions options = new PublishOptions(Map.of(), Set.of("SqlLogin"), Set.of(), variables);
    return new Source(
        Interpreter.read(dacpac.model(), options).database(),
        dacpac.refactorLog(),
        dacpac.preDeployment(),
        dacpac.postDeployment());
  }

  private static Database empty(Database like) {
    return new Database(like.collation(), like.caseSensitive(), List.of(), Set.of());
  }

  private static Path packages() {
    Optional<Path> folder = TestData.folder("dacpacs");
    assumeTrue(folder.isPresent(), "the folder of real packages is not here");
    return folder.orElseThrow();
  }

  private static List<Path> files(Path folder) throws IOException {
    return files(folder, ".dacpac");
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static List<Path> directories(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }
}
