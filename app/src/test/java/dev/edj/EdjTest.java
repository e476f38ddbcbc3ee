package dev.edj;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class EdjTest {

  @TempDir private Path directory;

  @Test
  void digitsAreTheSameInEveryLanguage() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Edj.class.getName(),
            "doctor",
            "--only",
            "machine",
            "--port",
            "0",
            "--output",
            "json");
    builder.environment().keySet().removeIf(name -> name.startsWith("EDJ_"));
    builder.environment().put("EDJ_DATA", directory.resolve("data").toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(JsonMapper.shared().readTree(printed).path("findings").toString())
        .matches("\\p{ASCII}+")
        .containsPattern("\\d MB free");
  }
}
