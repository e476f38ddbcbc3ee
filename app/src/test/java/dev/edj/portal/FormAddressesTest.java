package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/// A form that was refused leaves its own address in the browser.
class FormAddressesTest {

  private final Set<JavaMethod> methods =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("dev.edj.portal")
              .stream()
              .map(JavaClass::getMethods)
              .flatMap(Set::stream)
              .collect(Collectors.toSet());

  @Test
  void whateverAFormIsSentToCanBeLoadedAgain() {
    Set<String> read =
        addresses(method ->
            method.isAnnotatedWith(GetMapping.class)
                ? method.getAnnotationOfType(GetMapping.class).value()
                : new String[0]);
    Set<String> sentTo =
        addresses(method ->
            method.isAnnotatedWith(PostMapping.class)
                ? method.getAnnotationOfType(PostMapping.class).value()
                : new String[0]);

    assertThat(sentTo).hasSizeGreaterThan(30);
    assertThat(read).containsAll(sentTo);
  }

  /// Whatever the variables in them are called.
  private Set<String> addresses(Function<JavaMethod, String[]> mapping) {
    return methods.stream()
        .map(mapping)
        .flatMap(Arrays::stream)
        .flatMap(address -> Stream.of(address.replaceAll("\\{[^}]*}", "*")))
        .collect(Collectors.toSet());
  }
}
