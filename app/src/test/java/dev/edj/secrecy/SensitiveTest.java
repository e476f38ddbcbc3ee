package dev.edj.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

/// Walks all classes of the product: what is named like a secret is marked as one, and what is
/// marked is shown by nothing.
class SensitiveTest {

  private static final List<Class<?>> CLASSES =
      new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
              .importPackages("dev.edj")
              .stream()
              .<Class<?>>map(JavaClass::reflect)
              .toList();

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passphrase|secret|token|ticket|privatekey|verifier|cookie|ciphertext).*");

  /// Where a secret is, or what it is called.
  private static final Pattern ABOUT_SECRETS =
      Pattern.compile("(?i).*(files?|commands?|names?|id|methods)");

  /// Named like secrets, and none of them one.
  private static final Map<String, String> OTHERS =
      Map.of(
          "access.Account.token", "the name of a token",
          "access.Caller$Bearer.token", "the name of a token",
          "audit.Actor.token", "the name of a token",
          "audit.NewAuditRows.actorTokens", "names of tokens",
          "execution.StartedRun.secrets", "names of parameters",
          "job.StartedQuery.secrets", "names of parameters",
          "job.JobChange.removedSecrets", "names of parameters",
          "cli.DeclaredOptions.secrets", "names of parameters and files",
          "cli.ValueOptions.secrets", "names of parameters and files",
          "settings.ServiceOptions.tokenLifetime", "a duration");

  /// What would print its secret.
  private record Careless(@Sensitive String password) {}

  /// What prints it in JSON, once.
  private record Made(@Sensitive(shownOnce = true) String secret) {}

  @Test
  void whatIsNamedLikeASecretIsMarked() {
    List<String> unmarked =
        CLASSES.stream()
            .flatMap(Place::of)
            .filter(Place::holdsTexts)
            .filter(place -> SECRET.matcher(place.name()).matches())
            .filter(place -> !ABOUT_SECRETS.matcher(place.name()).matches())
            .filter(place -> !place.isSensitive())
            .map(Place::toString)
            .toList();

    assertThat(unmarked).containsExactlyInAnyOrderElementsOf(OTHERS.keySet());
  }

  @Test
  void noTextOfAnObjectShowsWhatIsSensitiveInIt() {
    assertThat(sensitive())
        .hasSizeGreaterThan(30)
        .noneMatch(type -> Sample.isShownIn(Sample.of(type).toString()));
    assertThat(Sample.isShownIn(Sample.of(Careless.class).toString())).isTrue();
  }

  @Test
  void aMaskedTextSaysThatThereIsSomething() {
    assertThat(Masked.text(new Careless("password"))).isEqualTo("Careless[password=***]");
  }

  @Test
  void noJsonOfTheServiceShowsWhatIsSensitiveUnlessItIsMadeToBeShownOnce() {
    JsonMapper answers = mapper(Withheld.fromAnswers());
    JsonMapper kept = mapper(Withheld.always());

    assertThat(sensitive())
        .filteredOn(type -> type.isRecord())
        .noneMatch(type -> Sample.isShownIn(kept.writeValueAsString(Sample.of(type))))
        .filteredOn(type -> Sample.isShownIn(answers.writeValueAsString(Sample.of(type))))
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder("MadeNotice", "MadeToken", "Ticket");
    assertThat(answers.writeValueAsString(new Made("s3cret"))).contains("s3cret");
    assertThat(JsonMapper.shared().writeValueAsString(new Careless("s3cret"))).contains("s3cret");
  }

  private static List<Class<?>> sensitive() {
    return CLASSES.stream()
        .filter(type -> Place.of(type).anyMatch(place -> place.isHeld() && place.isSensitive()))
        .toList();
  }

  private static JsonMapper mapper(JacksonModule module) {
    return JsonMapper.builder().addModule(module).build();
  }
}
