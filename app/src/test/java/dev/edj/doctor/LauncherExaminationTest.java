package dev.edj.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Launchers are programs that are started here, as the doctor does.
class LauncherExaminationTest {

  private static final String GOOD = "echo edj 1.0";
  private static final String NEEDY =
      """
      [ -n "${JAVA_HOME:-}" ] || { echo 'edj: a JDK is needed, and none was found.' >&2; exit 3; }
      echo edj 1.0
      """;

  @TempDir private Path directory;
  private Path installed;
  private Path onPath;

  @BeforeEach
  void makeDirectories() throws IOException {
    installed = Files.createDirectories(directory.resolve("opt/edj/bin")).resolve("edj");
    onPath = Files.createDirectories(directory.resolve("usr/local/bin")).resolve("edj");
  }

  @Test
  void oneThatFindsAJavaByItselfIsInOrder() throws IOException {
    write(installed, GOOD);

    assertThat(findings(installed))
        .singleElement()
        .isEqualTo(Finding.ok("launcher", installed + " finds a Java by itself"));
  }

  @Test
  void oneThatNeedsAVariableOfYoursIsAWarning() throws IOException {
    write(installed, NEEDY);

    Finding finding = findings(installed).getFirst();
    assertThat(finding.condition()).isEqualTo(Condition.WARNING);
    assertThat(finding.message())
        .contains("finds no Java without your variables", "a JDK is needed, and none was found");
    assertThat(finding.advice()).contains("JAVA_HOME=/java in /etc/edj/environment");
  }

  @Test
  void oneThatStartsAnotherVersionThanThisIsAnError() throws IOException {
    write(installed, "echo edj 2.0");

    Finding finding = findings(installed).getFirst();
    assertThat(finding.condition()).isEqualTo(Condition.ERROR);
    assertThat(finding.message()).contains("started edj 1.0, and now says: edj 2.0");
  }

  @Test
  void aLinkOnThePathIsTheSame() throws IOException {
    write(installed, GOOD);
    Files.createSymbolicLink(onPath, installed);

    assertThat(findings(installed)).hasSize(1);
  }

  @Test
  void anotherVersionOnThePathIsAWarning() throws IOException {
    write(installed, GOOD);
    write(onPath, "echo edj 0.9");

    Finding finding = findings(installed).getLast();
    assertThat(finding.check()).isEqualTo("launcher-on-path");
    assertThat(finding.condition()).isEqualTo(Condition.WARNING);
    assertThat(finding.message()).contains(onPath.toString(), "edj 0.9", "edj 1.0");
    assertThat(finding.advice()).contains("ln -sfn " + installed);
  }

  @Test
  void anotherOneOnThePathIsNotToldSecrets() throws IOException {
    write(installed, GOOD);
    write(onPath, "echo \"edj 1.0${EDJ_TOKEN:-}${EDJ_CONTROL_DATABASE_PASSWORD:-}\"");

    assertThat(findings(installed).getLast())
        .isEqualTo(Finding.ok("launcher-on-path", onPath + " is another one, of the same version"));
  }

  @Test
  void aDirectoryOnThePathIsNoProgram() throws IOException {
    write(installed, GOOD);
    Files.createDirectory(onPath);

    assertThat(findings(installed)).hasSize(1);
  }

  @Test
  void whatJavaSaysBeforeIsNotTheVersion() throws IOException {
    write(installed, "echo 'Picked up JAVA_TOOL_OPTIONS: -Dx=y' >&2\n" + GOOD);

    assertThat(findings(installed)).singleElement().matches(finding -> finding.is(Condition.OK));
  }

  /// More than fits between two processes.
  @Test
  @Timeout(20)
  void oneThatSaysMuchIsReadToItsEnd() throws IOException {
    write(installed, GOOD + "\nhead -c 1000000 /dev/zero | tr '\\0' x");

    assertThat(findings(installed))
        .singleElement()
        .isEqualTo(Finding.ok("launcher", installed + " finds a Java by itself"));
  }

  @Test
  @Timeout(20)
  void whatOneLeavesRunningIsNotWaitedFor() throws IOException {
    write(installed, GOOD + "\nsleep 30 &");

    assertThat(findings(installed)).singleElement().matches(finding -> finding.is(Condition.OK));
  }

  @Test
  void withoutALauncherThereIsNothingToLookAt() {
    assertThat(findings(null)).singleElement().matches(finding -> finding.is(Condition.SKIPPED));
  }

  private List<Finding> findings(@Nullable Path launcher) {
    return new LauncherExamination(
            launcher,
            "1.0",
            Map.of(
                "PATH",
                onPath.getParent() + ":/usr/bin:/bin",
                "JAVA_HOME",
                "/java",
                "EDJ_TOKEN",
                "s3cret",
                "EDJ_CONTROL_DATABASE_PASSWORD",
                "s3cret"))
        .findings();
  }

  private static void write(Path program, String text) throws IOException {
    Files.writeString(program, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
