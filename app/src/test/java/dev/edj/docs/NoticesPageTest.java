package dev.edj.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.notice.NoticeSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the page about notices shows is what is sent, and what it has receivers do works.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticesPageTest {

  private static final Path PAGE = Path.of("../docs/how-to/notices.md");

  @TempDir private Path directory;

  private String page;

  @BeforeAll
  void read() throws IOException {
    page = Files.readString(PAGE);
  }

  @Test
  void theScriptTellsASignatureOfOursFromOthers() throws Exception {
    NoticeSample sample = NoticeSample.signed("{\"text\": \"日本語 'quoted' %s\\n\"}");

    assertThat(checked(sample.body(), sample.headers())).isZero();
    assertThat(checked(sample.body() + " ", sample.headers())).isEqualTo(1);
    assertThat(checked(sample.body(), sample.with("TIMESTAMP", "1"))).isEqualTo(1);
    assertThat(checked(sample.body(), sample.with("SIGNATURES", "v1,"))).isEqualTo(1);
    assertThat(
            checked(
                sample.body(),
                sample.with("SIGNATURES", "v1,AAAA " + sample.headers().get("SIGNATURES"))))
        .as("one of two signatures")
        .isZero();
  }

  private int checked(String body, Map<String, String> told) throws Exception {
    Files.write(directory.resolve("body"), body.getBytes(StandardCharsets.UTF_8));
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", block("sh", 0));
    shell.directory(directory.toFile()).redirectErrorStream(true);
    shell.environment().putAll(told);
    Process process = shell.start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEqualTo(process.exitValue() == 0 ? "from EDJ\n" : "not from EDJ\n");
    return process.exitValue();
  }

  @Test
  void theExamplesAreWhatIsSent() {
    JsonNode json = JsonMapper.shared().readTree(block("json", 0));
    JsonNode slack = JsonMapper.shared().readTree(block("json", 1));

    assertThat(JsonMapper.shared().readTree(NoticeSample.json())).isEqualTo(json);
    assertThat(JsonMapper.shared().readTree(NoticeSample.slack())).isEqualTo(slack);
    assertThat(NoticeSample.letter()).isEqualTo(block("text", 0));
  }

  /// The n-th block of a language.
  private String block(String language, int n) {
    Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(page);
    for (int i = 0; i <= n; i++) {
      assertThat(block.find()).isTrue();
    }
    return block.group(1);
  }
}
