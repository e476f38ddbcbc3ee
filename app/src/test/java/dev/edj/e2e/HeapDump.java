package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The memory of a process of edj. Texts are there with one byte for each of their characters, or
/// two.
final class HeapDump {

  private HeapDump() {}

  /// @param options of `jcmd`: `-all` for what nobody uses any more, too
  static byte[] of(RunningEdj edj, Path directory, String... options) throws IOException {
    Path dump = Files.createTempDirectory(directory, "heap-").resolve("dump");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    line.add(Long.toString(edj.process().process().pid()));
    line.add("GC.heap_dump");
    line.addAll(List.of(options));
    line.add(dump.toString());
    try {
      Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
      String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(jcmd.waitFor()).as(said).isZero();
      return Files.readAllBytes(dump);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Files.deleteIfExists(dump);
    }
  }
}
