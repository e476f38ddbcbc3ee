package dev.edj.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// The terminal of somebody who reads a page: one `bash` in which variables, functions and the
/// folder stay from one command to the next. Its `edj` hands its words to [Desk].
final class Shell implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  /// What may have its end on another line.
  private static final Pattern OPENS = Pattern.compile("[{(]|\\b(do|then|case)\\b");

  /// The words go out with their surroundings, in a folder of their own for each call.
  private static final String EDJ =
      """
      #!/bin/bash
      call=$(mktemp -d "$EDJ_DESK/call-XXXXXX")
      printf '%s\\0' "$@" > "$call/words"
      pwd > "$call/folder"
      env -0 > "$call/environment"
      cat > "$call/in"
      mkfifo "$call/done"
      printf '%s\\n' "$call" > "$EDJ_DESK/requests"
      read -r code < "$call/done"
      [ -e "$call/rows" ] && cat "$call/out"
      cat "$call/err" >&2
      [ -e "$call/rows" ] || cat "$call/out"
      exit "$code"
      """;

  /// What pages need in front of what they show, and the id of what was started last.
  private static final String BEGIN =
      """
      set -o pipefail
      edj() {
        command edj "$@"
        local code=$?
        [ -s "$EDJ_DESK/id" ] && id=$(<"$EDJ_DESK/id")
        return $code
      }
      databases() { edj :databases "$@"; }
      sql() { edj :sql "$@"; }
      package() { edj :package "$1" "${2:-1}"; }
      given() { edj :given "$1"; }
      node() { edj :node "$1"; }
      received() { eval "$(edj :received)"; }
      block() { awk -v n="$2" '/^```/ { inside = $0 == "```'"$1"'" && ++seen == n; next } inside' "$PAGE"; }
      until_says() {
        for try in {1..200}; do
          [[ $("${@:2}" 2>&1) == *"$1"* ]] && return 0
        done
        echo "never said '$1': ${*:2}"
        return 1
      }
      job() {
        edj content create "$1" --text "${2:-SELECT 1 AS one}"
        edj job create "$1" --content "$1" --credential app --target tenants
      }
      fleet() {
        databases tenant1 tenant2 tenant3
        edj credential create app --user app --server db1.example.com
        edj target create server db1.example.com --credential app
        edj target create custom-collection tenants
        for each in tenant1 tenant2 tenant3; do
          edj target add-child tenants --server db1.example.com --database $each
        done
      }
      first_job() {
        databases tenant_alpha tenant_beta tenant_gamma
        edj credential create app --user app --server postgresql://localhost:5444
        edj target create server postgresql://localhost:5444 --credential app --tls disable
        edj policy create 'Three times' --maximum-attempts 3 --initial-retry-interval 100ms
        for each in alpha beta gamma; do
          sql tenant_$each 'CREATE TABLE visit (id int); CREATE TABLE place (id int)'
        done
      }
      growing_fleet() {
        first_job
        databases tenant_template telemetry tenant_delta
        edj target create custom-collection tenants
        edj target add-child tenants 'postgresql://localhost:5444/*'
        for each in tenant_template telemetry; do
          edj target add-child tenants --server postgresql://localhost:5444 --database $each --exclude
        done
      }
      """;

  private final Path folder;
  private final Process bash;
  private final Writer in;
  private int commands;

  private Shell(Path folder, Process bash) {
    this.folder = folder;
    this.bash = bash;
    this.in = bash.outputWriter(UTF_8);
  }

  /// @param home the reader's; also the folder that commands begin in
  /// @param desk where calls of `edj` go
  static Shell open(Path folder, Path home, Path desk, Map<String, String> variables) {
    try {
      Path programs = Files.createDirectories(folder.resolve("bin"));
      Path edj = Files.writeString(programs.resolve("edj"), EDJ);
      Files.setPosixFilePermissions(edj, PosixFilePermissions.fromString("rwx------"));
      pipe(desk.resolve("requests"));
      pipe(folder.resolve("ended"));
      ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc");
      builder.directory(home.toFile()).redirectErrorStream(true);
      builder.redirectOutput(folder.resolve("bash.out").toFile());
      builder.environment().putAll(variables);
      builder.environment().put("HOME", home.toString());
      builder.environment().put("EDJ_DESK", desk.toString());
      builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
      Shell shell = new Shell(folder, builder.start());
      shell.run(BEGIN);
      return shell;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isThere() {
    return succeeds("bash", "-c", "mkfifo --version");
  }

  /// Whether bash would begin with this, and not ask for more; it is asked where that is not plain.
  static boolean isComplete(String command) {
    boolean plain = !OPENS.matcher(command).find() && isEven(command, '\'') && isEven(command, '"');
    return plain || succeeds("bash", "-n", "-c", command);
  }

  private static boolean isEven(String text, char mark) {
    return text.chars().filter(character -> character == mark).count() % 2 == 0;
  }

  private static void pipe(Path path) {
    if (!succeeds("mkfifo", path.toString())) {
      throw new IllegalStateException("no pipe at " + path);
    }
  }

  private static boolean succeeds(String... words) {
    try {
      return new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// @param output what stood on the terminal
  record Outcome(int exitCode, String output) {}

  Outcome run(String command) {
    try {
      String name = "step-" + ++commands;
      Path script = Files.writeString(folder.resolve(name + ".sh"), command + "\n");
      Path output = folder.resolve(name + ".out");
      in.write(
          ". '%s' > '%s' 2>&1 < /dev/null; printf '%%s\\n' $? > '%s'\n"
              .formatted(script, output, folder.resolve("ended")));
      in.flush();
      int exitCode =
          CompletableFuture.supplyAsync(this::ended, Desk::onOwnThread)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Outcome(exitCode, Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError("does not end: " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private int ended() {
    try {
      return Integer.parseInt(Files.readString(folder.resolve("ended")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    bash.descendants().forEach(ProcessHandle::destroyForcibly);
    bash.destroyForcibly();
  }
}
