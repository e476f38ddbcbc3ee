package dev.edj.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Edj;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sabotages are run seldom, and EDJ's statements change: a sabotage that changes nothing any more
/// is found here. Not that of `collect`, whose statement names a table; `.ci/run` runs it.
class SabotageTest {

  @ParameterizedTest
  @EnumSource(names = {"FENCE", "LOCK", "LEDGER", "FIRING"})
  void theStatementsThatItChangesAreInEdj(Sabotage.Kind kind) throws Exception {
    List<String> changed = new ArrayList<>(Sabotage.ofControl(kind).changed());
    changed.addAll(Sabotage.ofTargets(kind).changed());
    assertThat(changed).isNotEmpty();

    List<String> classes = classes();
    assertThat(changed).allSatisfy(text -> assertThat(classes).anyMatch(each -> holds(each, text)));
  }

  /// The class has its own marks where the driver puts `$1`.
  private static boolean holds(String classFile, String text) {
    return Stream.of(text.split("\\$\\d")).allMatch(classFile::contains);
  }

  private static List<String> classes() throws IOException, URISyntaxException {
    Path place = Path.of(Edj.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      return classesIn(place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return classesIn(jar.getPath("/"));
    }
  }

  private static List<String> classesIn(Path root) throws IOException {
    List<String> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        classes.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return classes;
  }
}
