package dev.edj.docs;

import dev.edj.Edj;
import dev.edj.cli.CommandLineRun;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command that asks on a terminal: it has a process of its own, because a Java process has one
/// terminal or none.
final class Typed {

  private static final long PATIENCE_SECONDS = 60;

  private Typed() {}

  /// @param home where what is kept for a person has a place
  /// @param answers in the order of the questions
  static CommandLineRun run(Path home, List<String> words, List<String> answers)
      throws IOException {
    ProcessBuilder script =
        new ProcessBuilder(
            "script",
            "--quiet",
            "--return",
            "--command",
            "exec \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$CLASSES\" %s %s"
                .formatted(Edj.class.getName(), String.join(" ", words)),
            "/dev/null");
    script.environment().put("JAVA", ProcessHandle.current().info().command().orElse("java"));
    script.environment().put("CLASSES", System.getProperty("java.class.path"));
    script.environment().put("HOME", home.toString());
    script.redirectErrorStream(true);
    Process process = script.start();
    try (Writer keys = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String answer : answers) {
        keys.write(answer + "\n");
        keys.flush();
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("edj %s does not end".formatted(String.join(" ", words)));
      }
      return new CommandLineRun(process.exitValue(), said, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
