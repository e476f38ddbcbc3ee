package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edj.cli.manual.CommandManual;
import dev.edj.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an archive has beside the program, read by the programs that it is for.
class PackageFilesTest {

  private static final String SBOM =
      """
      {"components": [
        {"group": "org.example", "name": "b", "version": "2", "licenses": [{"license": {"id": "MIT"}}]},
        {"group": "org.example", "name": "a", "version": "1",
         "licenses": [{"license": {"name": "Of its own"}}, {"expression": "Apache-2.0"}]},
        {"group": "dev.edj", "name": "edj", "version": "1"}]}
      """;

  @TempDir static Path directory;

  private record Ended(int exitCode, String out) {}

  @BeforeAll
  static void make() throws IOException {
    Path sbom = Files.writeString(directory.resolve("sbom.json"), SBOM);
    Files.writeString(directory.resolve("README.md"), "hello\n");
    CommandLineRun run =
        CommandLineRun.of(
            "package-files",
            "--to",
            directory.toString(),
            "--sbom",
            sbom.toString(),
            "--date",
            "2026-01-31");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void everyCommandHasAManualPageThatSaysWhatItTakes() throws IOException {
    for (CommandManual command : Cli.manual().all().toList()) {
      String page =
          Files.readString(
              directory.resolve("share/man/man1/" + command.name().replace(' ', '-') + ".1"));
      assertThat(page).startsWith(".TH EDJ").contains("\"2026-01-31\"", ".SH EXIT STATUS");
      command
          .options()
          .forEach(option ->
              assertThat(page).contains("\\fB" + option.names().getFirst().replace("-", "\\-")));
    }
  }

  @Test
  void manReadsThePagesWithoutAWarning() throws Exception {
    assumeTrue(isHere("mandoc") || isHere("man"), "neither mandoc nor man is here");
    try (Stream<Path> pages = Files.list(directory.resolve("share/man/man1"))) {
      for (Path page : pages.toList()) {
        Ended ended =
            isHere("mandoc")
                ? ended("mandoc", "-T", "lint", "-W", "warning", page.toString())
                : ended("man", "--warnings", "-l", page.toString());
        assertThat(ended.exitCode()).as(ended.out()).isZero();
      }
    }
    Ended shown =
        isHere("mandoc")
            ? ended("mandoc", "-T", "ascii", page("edj-job-create").toString())
            : ended("man", "-l", page("edj-job-create").toString());
    assertThat(shown.out().replaceAll(".\b", "")).contains("edj job create", "--content NAME");
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    String complete =
        """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"
        _complete_edj; echo "${COMPREPLY[@]}"
        """;
    String script = directory.resolve("share/bash-completion/completions/edj").toString();
    assertThat(ended("bash", "-c", complete, "bash", script, "edj", "jo").out()).contains("job");
    assertThat(ended("bash", "-c", complete, "bash", script, "edj", "job", "").out())
        .contains("create", "start", "check");
    assertThat(
            ended("bash", "-c", complete, "bash", script, "edj", "job", "create", "--cont").out())
        .contains("--content", "--content-version");
  }

  @Test
  void zshFindsTheFunctionByItsNameAndCompletes() throws Exception {
    assumeTrue(isHere("zsh"), "zsh is not here");
    // A terminal of its own, in which somebody types and presses Tab.
    String typing =
        """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "PS1='> '; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -u -D; edj() { print typed \\$* }"
        zpty -w -n shell $'edj polic\\tcre\\t\\n'
        zpty -w shell exit
        while zpty -r shell line; do print -r -- "$line"; done
        """;
    Ended ended =
        ended(
            "zsh",
            "-f",
            "-c",
            typing,
            "zsh",
            directory.resolve("share/zsh/site-functions").toString());
    assertThat(ended.out()).contains("typed policy create").doesNotContain("not found");
  }

  @Test
  void fishCompletesCommandsOptionsAndFiles() throws Exception {
    assumeTrue(isHere("fish"), "fish is not here");
    String script = directory.resolve("share/fish/vendor_completions.d/edj.fish").toString();
    assertThat(ended("fish", "--no-execute", script)).isEqualTo(new Ended(0, ""));
    assertThat(fish(script, "edj jo")).contains("job\t");
    assertThat(fish(script, "edj --output json job "))
        .contains("create\t", "start\t")
        .doesNotContain("policy");
    assertThat(fish(script, "edj job create --content-v")).contains("--content-version\t");
    assertThat(fish(script, "edj job list --content-v")).isEmpty();
    assertThat(fish(script, "edj key generate --to " + directory + "/REA")).contains("README.md");
  }

  @Test
  void theSampleHasEverySettingAndSetsNone() throws IOException {
    String sample = Files.readString(directory.resolve("sample/environment"));
    Setting.all()
        .forEach(setting -> assertThat(sample).contains("\n#" + setting.variable() + "=<"));
    assertThat(sample.lines()).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    assertThat(sample).contains("Default: 8740.");
  }

  @Test
  void whatOthersWroteIsListedWithItsLicences() throws IOException {
    assertThat(directory.resolve("THIRD-PARTY.md"))
        .content()
        .endsWith(
            """
            | org.example:a | 1 | Of its own, or Apache-2.0 |
            | org.example:b | 2 | MIT |
            """);
  }

  @Test
  void theChecksumsAreThoseOfTheFiles() throws Exception {
    assertThat(directory.resolve("SHA256SUMS"))
        .content()
        .contains(
            "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  README.md\n",
            "  share/man/man1/edj.1\n");
    ProcessBuilder check =
        new ProcessBuilder("sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS");
    assertThat(ended(check.directory(directory.toFile()))).isEqualTo(new Ended(0, ""));
  }

  private static Path page(String name) {
    return directory.resolve("share/man/man1/" + name + ".1");
  }

  private static String fish(String script, String line) throws Exception {
    return ended("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, line)
        .out();
  }

  private static boolean isHere(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private static Ended ended(String... command) throws Exception {
    return ended(new ProcessBuilder(List.of(command)));
  }

  private static Ended ended(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), out);
  }
}
