package dev.edj.portal.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rules for templates, by which no page is open to what it shows.
class TemplatesTest {

  private static final Path TEMPLATES = Path.of("src/main/resources/portal/templates");

  @Test
  void everyFormThatChangesSomethingCarriesTheToken() {
    Pattern form = Pattern.compile("<form[^>]*method=\"post\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    List<String> without = new ArrayList<>();
    int forms = 0;
    for (Path template : templates()) {
      for (String body :
          form.matcher(read(template)).results().map(found -> found.group(1)).toList()) {
        forms++;
        if (!body.contains("fragments :: token")) {
          without.add(template.getFileName().toString());
        }
      }
    }
    assertThat(forms).isGreaterThan(3);
    assertThat(without).isEmpty();
  }

  @Test
  void noPageHoldsScriptsStylesOrUnescapedText() {
    Pattern forbidden =
        Pattern.compile(
            "th:utext|\\[\\(|th:inline|<style|<script(?![^>]*src)|\\sstyle=|\\son[a-z]+=|javascript:"
                + "|hx-on|hx-vals=['\"]js|@\\{|https?://(?!www\\.(w3\\.org|thymeleaf\\.org))");
    assertThat(
            templates().stream()
                .flatMap(template ->
                    forbidden
                        .matcher(read(template))
                        .results()
                        .map(found -> template.getFileName() + ": " + found.group())))
        .isEmpty();
  }

  /// `th:replace` is done before `th:if` and `th:each`, which then mean nothing.
  @Test
  void whatIsReplacedHasNoCondition() {
    Pattern tag = Pattern.compile("<[^>]*th:(?:replace|insert)=[^>]*>");
    assertThat(
            templates().stream()
                .flatMap(template ->
                    tag.matcher(read(template))
                        .results()
                        .map(found -> found.group())
                        .filter(text -> text.contains("th:if") || text.contains("th:each"))))
        .isEmpty();
  }

  private static List<Path> templates() {
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      return files.filter(file -> file.toString().endsWith(".html")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path template) {
    try {
      return Files.readString(template);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
