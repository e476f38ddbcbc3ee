package dev.edj.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SecretVariablesTest {

  @Test
  void thePageAboutProductionNamesThemAll() throws IOException {
    String page = Files.readString(Path.of("../docs/how-to/production.md"));
    assertThat(SecretVariables.NAMES).allMatch(name -> page.contains("`" + name + "`"));
  }
}
