package dev.edj.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher of an archive as a process, with a Java that only pretends.
class ArchiveLauncherIT {

  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        case $word in
          -XX:AOTCacheOutput=*) [ -n "${UNABLE:-}" ] && exit 1; echo made >"${word#*=}"; exit ;;
          -XX:AOTCache=*) cache=${word#*=} ;;
        esac
      done
      echo "$word with $(cat "$cache" 2>/dev/null || echo nothing) of ${cache##*/}"
      """;

  @TempDir private Path directory;
  private Path home;

  private record Ended(int exitCode, String out, String err) {}

  @BeforeEach
  void unpack() throws IOException {
    home = Files.createDirectories(directory.resolve("the archive"));
    executable(home.resolve("bin/edj"), Files.readString(Path.of("../packaging/files/bin/edj")));
    for (String part : List.of("find-jdk.sh", "launch.sh")) {
      Path copy = home.resolve("libexec").resolve(part);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("../bin").resolve(part), copy);
    }
    Files.writeString(home.resolve("SHA256SUMS"), "of this build");
    Path jdk = directory.resolve("jdk");
    executable(jdk.resolve("bin/java"), JAVA);
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  @Test
  void itStartsWithoutCaches() throws Exception {
    assertThat(edj("--version")).isEqualTo(new Ended(0, "--version with nothing of edj.aot\n", ""));
    assertThat(edj("serve").out()).isEqualTo("serve with nothing of serve.aot\n");
    // Nobody looks, so nothing was made.
    assertThat(directory.resolve("user/.cache")).doesNotExist();
  }

  @Test
  void whatIsPreparedWhereItIsInstalledIsForEverybody() throws Exception {
    Ended prepared = edj("prepare");
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(prepared.err()).contains("preparing a fast start in " + home + "/cache/");
    assertThat(edj("job").out()).isEqualTo("job with made of edj.aot\n");
    assertThat(edj("serve").out()).isEqualTo("serve with made of serve.aot\n");
    assertThat(filesBelow(home.resolve("cache")))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder("edj.aot", "serve.aot");
  }

  @Test
  void whereItCannotBeWrittenTheUserHasCachesThatNobodyElseReads() throws Exception {
    Files.writeString(home.resolve("cache"), "a file in the place of the directory");
    assertThat(edj("prepare").exitCode()).isZero();
    assertThat(edj("serve").out()).isEqualTo("serve with made of serve.aot\n");
    Path cache = filesBelow(directory.resolve("user/.cache")).getFirst().getParent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
  }

  @Test
  void cachesOfAnotherBuildAreNotUsed() throws Exception {
    edj("prepare");
    Files.writeString(home.resolve("SHA256SUMS"), "of another build");
    assertThat(edj("job").out()).isEqualTo("job with nothing of edj.aot\n");
  }

  @Test
  void severalThatPrepareAtOnceLeaveWholeCaches() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(builder("prepare").start());
    }
    for (Process process : processes) {
      assertThat(ended(process).exitCode()).isZero();
    }
    assertThat(filesBelow(home.resolve("cache"))).hasSize(2);
    assertThat(edj("job").out()).isEqualTo("job with made of edj.aot\n");
  }

  @Test
  void whatCannotBePreparedIsSaidAndNothingIsLeftHalf() throws Exception {
    ProcessBuilder unable = builder("prepare");
    unable.environment().put("UNABLE", "yes");
    Ended ended = ended(unable.start());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("edj.aot could not be made; EDJ works without it");
    assertThat(edj("job").out()).isEqualTo("job with nothing of edj.aot\n");
  }

  private Ended edj(String... words) throws Exception {
    return ended(builder(words).start());
  }

  private ProcessBuilder builder(String... words) {
    List<String> line = new ArrayList<>(List.of(home.resolve("bin/edj").toString()));
    line.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("EDJ_") || name.startsWith("XDG_"));
    builder.environment().put("EDJ_JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().put("HOME", directory.resolve("user").toString());
    return builder;
  }

  private static Ended ended(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  private static List<Path> filesBelow(Path place) throws IOException {
    try (Stream<Path> found = Files.walk(place)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
