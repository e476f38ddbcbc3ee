package dev.edj.doctor;

import dev.edj.secrecy.SecretVariables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The program `edj` that people and systemd start: whether it finds a Java when it has nothing to
/// go by, as in a service, and whether the one on the path is this one.
///
/// @param launcher that this was started by; null when it was `java -jar`
/// @param version of this program; null when it runs from no jar
/// @param environment of this process
public record LauncherExamination(
    @Nullable Path launcher, @Nullable String version, Map<String, String> environment)
    implements Examination {

  private static final String CHECK = "launcher";
  private static final String ON_PATH = "launcher-on-path";
  private static final int SECONDS = 30;
  private static final int LONGEST_OUTPUT = 10_000;

  /// For what a program that has ended said last; what it left running may keep its output open.
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /// What a service of systemd has.
  private static final Map<String, String> BARE =
      Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

  private static final List<String> CHOICES = List.of("EDJ_JAVA_HOME", "JAVA_HOME");

  /// How a launcher ended, and what it said.
  private record Answer(int exitCode, String text) {}

  @Override
  public List<Finding> findings() {
    Path started = launcher;
    if (started == null) {
      return List.of(Finding.skipped(CHECK, "this was not started by the program edj"));
    }
    Finding own = own(started);
    return onPath(started).map(other -> List.of(own, other)).orElse(List.of(own));
  }

  private Finding own(Path started) {
    Answer bare = answer(started, BARE);
    if (bare.exitCode() == 0) {
      return bare.text().equals("edj " + version)
          ? Finding.ok(CHECK, "%s finds a Java by itself".formatted(started))
          : Finding.error(
              CHECK,
              "%s started edj %s, and now says: %s".formatted(started, version, bare.text()),
              "Unpack the archive again, into a directory of its own (docs/how-to/install.md).");
    }
    String choice =
        CHOICES.stream().filter(environment::containsKey).findFirst().orElse("EDJ_JAVA_HOME");
    return Finding.warning(
        CHECK,
        "%s finds no Java without your variables: %s".formatted(started, bare.text()),
        "Say where it is to services and to others, too: %s=%s in /etc/edj/environment."
            .formatted(choice, environment.getOrDefault(choice, System.getProperty("java.home"))));
  }

  /// Empty when there is none, or when it is this one.
  private Optional<Finding> onPath(Path started) {
    Optional<Path> found =
        Arrays.stream(environment.getOrDefault("PATH", "").split(":", -1))
            .filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory, "edj"))
            .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
            .findFirst()
            .filter(path -> !isSame(path, started));
    return found.map(other -> {
      Answer answer = answer(other, environment);
      return answer.text().equals("edj " + version)
          ? Finding.ok(ON_PATH, "%s is another one, of the same version".formatted(other))
          : Finding.warning(
              ON_PATH,
              "who says 'edj' starts %s (%s), and not %s (edj %s)"
                  .formatted(other, answer.text(), started, version),
              "Link the one that is meant to where programs are: ln -sfn %s %s"
                  .formatted(started, other));
    });
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  private static Answer answer(Path program, Map<String, String> variables) {
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    try {
      Process process = SecretVariables.removeFrom(builder).start();
      try {
        return answer(process);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return new Answer(1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(1, "interrupted");
    }
  }

  private static Answer answer(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Thread reading =
        Thread.ofVirtual().name("edj-launcher").start(() -> read(process.getInputStream(), said));
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      return new Answer(1, "no answer within %d s".formatted(SECONDS));
    }
    reading.join(LAST_WORDS);
    return new Answer(process.exitValue(), version(said.toString(StandardCharsets.UTF_8)));
  }

  /// The rest of much is read and forgotten, so that the program can end.
  private static void read(InputStream output, ByteArrayOutputStream said) {
    byte[] buffer = new byte[1024];
    try {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        said.write(buffer, 0, Math.min(read, LONGEST_OUTPUT - said.size()));
      }
    } catch (IOException e) {
      // It was ended; what it has said counts.
    }
  }

  /// Java may have something to say before, such as which options it was given by a variable.
  private static String version(String text) {
    List<String> lines = text.strip().lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith("edj "))
        .findFirst()
        .orElse(lines.isEmpty() ? "nothing" : lines.getFirst());
  }
}
