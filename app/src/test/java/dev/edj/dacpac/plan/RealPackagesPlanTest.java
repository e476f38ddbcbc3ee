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
    DeploymentPlan plan = Planner.plan(source, empty(source.database()), PublishOptions.DEFAULT);
    Set<String> ours =
        plan.steps().stream()
            .filter(step -> !step.phase().isScript())
            .flatMap(step -> step.batches().stream())
            .map(RealPackagesPlanTest::normal)
            .collect(Collectors.toCollection(TreeSet::new));
    String golden = Files.readString(folder.resolve("MetadataDBPublish.publish.sql"));
    Set<String> theirs =
        Stream.of(golden.split("(?im)^GO\\s*$", -1))
            .map(RealPackagesPlanTest::normal)
            .filter(batch -> batch.matches("(?i)(CREATE|ALTER TABLE) .*"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(ours).containsAll(theirs);
    assertThat(ours.stream().filter(batch -> !theirs.contains(batch)))
        .allMatch(batch -> batch.contains("CHECK CONSTRAINT"));
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
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".dacpac")).sorted().toList();
    }
  }

  private static List<Path> directories(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }
}
