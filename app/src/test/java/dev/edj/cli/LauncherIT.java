package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher as a process, in a checkout of its own with a Maven and JDKs that only pretend.
class LauncherIT {

  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in
        *jarmode*) while [ "$1" != --destination ]; do shift; done; echo jar > "$2/edj-exec.jar" ;;
        *AOTCacheOutput*) ;;
        *) for last; do :; done; echo "ran $JDK_NAME $last" ;;
      esac
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo built >> app/target/builds
      echo jar > app/target/edj-exec.jar
      """;

  @TempDir private Path directory;
  private Path checkout;
  private Path tools;

  private record Ended(int exitCode, String out, String err) {}

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = Files.createDirectories(directory.resolve("the checkout"));
    tools = Files.createDirectories(directory.resolve("tools"));
    Files.createDirectories(checkout.resolve("app/src/main/java"));
    executable(checkout.resolve("edj"), Files.readString(Path.of("../edj")));
    Files.createDirectories(checkout.resolve("bin"));
    for (String part : List.of("bin/find-jdk.sh", "bin/launch.sh")) {
      Files.copy(Path.of("..").resolve(part), checkout.resolve(part));
    }
    for (String source : List.of("pom.xml", "app/pom.xml", "app/src/main/java/A.java")) {
      Files.writeString(checkout.resolve(source), "");
      age(checkout.resolve(source));
    }
    age(checkout.resolve("app/src/main/java"));
    age(checkout.resolve("app/src/main"));
    executable(tools.resolve("mvn"), MAVEN);
  }

  @Test
  void itBuildsOnFirstUseOnly() throws Exception {
    jdk("jdk-25", "25.0.1");
    assertThat(edj("--version").err()).contains("building");
    assertThat(edj("--version")).isEqualTo(new Ended(0, "ran jdk-25 --version\n", ""));
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void itBuildsAgainWhenASourceIsNewer() throws Exception {
    jdk("jdk-25", "25.0.1");
    edj("--version");
    Files.setLastModifiedTime(
        checkout.resolve("app/src/main/java/A.java"),
        FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
    edj("--version");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoThatStartAtOnceBuildOnce() throws Exception {
    jdk("jdk-25", "25.0.1");
    executable(tools.resolve("mvn"), MAVEN.replace("echo built", "sleep 2\necho built"));
    Process first = start("one");
    Process second = start("two");
    assertThat(ended(first).out()).isEqualTo("ran jdk-25 one\n");
    assertThat(ended(second).out()).isEqualTo("ran jdk-25 two\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aLockWhoseOwnerIsGoneIsTakenAway() throws Exception {
    jdk("jdk-25", "25.0.1");
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectories(checkout.resolve("app/target/build.lock"));
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
    assertThat(edj("x").exitCode()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void aLockThatGoesBetweenTwoLooksIsTaken() throws Exception {
    jdk("jdk-25", "25.0.1");
    executable(
        tools.resolve("mkdir"),
        """
        #!/bin/sh
        case "$*" in
          *build.lock) [ -e "$0.missed" ] || { : > "$0.missed"; exit 1; } ;;
        esac
        exec /bin/mkdir "$@"
        """);
    assertThat(edj("x").out()).isEqualTo("ran jdk-25 x\n");
    assertThat(tools.resolve("mkdir.missed")).exists();
  }

  @Test
  void itWorksFromAnywhereAndThroughLinks() throws Exception {
    jdk("jdk-25", "25.0.1");
    Path first = Files.createSymbolicLink(directory.resolve("first"), checkout.resolve("edj"));
    Path second = Files.createSymbolicLink(directory.resolve("second"), Path.of("first"));
    Process process = builder(List.of(second.toString(), "x")).directory(tools.toFile()).start();
    assertThat(first).exists();
    assertThat(ended(process).out()).isEqualTo("ran jdk-25 x\n");
  }

  @Test
  void anOldJdkIsPassedOver() throws Exception {
    jdk("jdk-21", "21.0.5");
    Path newer = jdk("jdk-26", "26");
    ProcessBuilder builder = builder(List.of(checkout.resolve("edj").toString(), "x"));
    builder.environment().put("EDJ_JAVA_HOME", directory.resolve("jdk-21").toString());
    builder.environment().put("JAVA_HOME", newer.toString());
    assertThat(ended(builder.start()).out()).isEqualTo("ran jdk-26 x\n");
  }

  @Test
  void aFailedBuildShowsTheEndOfItsLog() throws Exception {
    jdk("jdk-25", "25.0.1");
    executable(tools.resolve("mvn"), "#!/bin/sh\necho 'the reason'\nexit 1\n");
    Ended ended = edj("x");
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("the build failed", "the reason", "build.log");
    assertThat(checkout.resolve("app/target/build.lock")).doesNotExist();
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    jdk("jdk-25", "25.0.1");
    Files.delete(tools.resolve("mvn"));
    for (String tool :
        List.of(
            "readlink", "dirname", "find", "head", "mkdir", "rm", "cat", "mv", "tail", "date")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    ProcessBuilder builder = builder(List.of("/bin/sh", checkout.resolve("edj").toString(), "x"));
    builder.environment().put("PATH", tools.toString());
    Ended ended = ended(builder.start());
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err()).contains("no mvn on the PATH");
  }

  private Ended edj(String... words) throws Exception {
    return ended(start(words));
  }

  private Process start(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of(checkout.resolve("edj").toString()));
    line.addAll(List.of(words));
    return builder(line).start();
  }

  private ProcessBuilder builder(List<String> line) {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("EDJ_") || name.equals("JAVA_HOME"));
    builder.environment().put("EDJ_JAVA_HOME", directory.resolve("jdk-25").toString());
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    return builder;
  }

  private static Ended ended(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    executable(home.resolve("bin/java"), JAVA.replace("$JDK_NAME", name));
    return home;
  }

  private long builds() throws IOException {
    return Files.readAllLines(checkout.resolve("app/target/builds")).size();
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }
}
