package dev.edj.portal.content;

import dev.edj.content.ContentVersion;
import dev.edj.content.DacpacVersion;
import dev.edj.dacpac.PackageSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What pages tell of a version that is a data-tier package.
public final class PackageFacts {

  private PackageFacts() {}

  /// One of them.
  public record Fact(String name, String value) {}

  /// None of a script.
  static List<Fact> of(ContentVersion version) {
    DacpacVersion dacpac = version.dacpac();
    if (dacpac == null) {
      return List.of();
    }
    List<Fact> facts = new ArrayList<>();
    add(facts, "Package", dacpac.name());
    add(facts, "Version of the package", dacpac.version());
    add(facts, "Fetched at each run from", dacpac.uri());
    Integer bytes = version.length();
    add(facts, "Bytes", bytes == null ? null : String.format(Locale.ROOT, "%,d", bytes));
    add(facts, "SHA-256", version.sha256());
    return List.copyOf(facts);
  }

  /// What else is known when it was opened.
  static List<Fact> of(PackageSummary summary) {
    List<Fact> facts = new ArrayList<>();
    add(facts, "Description", summary.description());
    add(facts, "Made for", summary.platform());
    add(facts, "Made by", summary.product());
    add(facts, "Variables", String.join(", ", summary.variables()));
    add(facts, "Scripts", summary.scripts());
    add(facts, "SHA-256 of the model", summary.modelSha256());
    return facts;
  }

  private static void add(List<Fact> facts, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(new Fact(name, value));
    }
  }

  /// What is compared with another version: a script's text, or what is known of a package.
  public static String text(ContentVersion version) {
    String text = version.text();
    return text != null
        ? text
        : of(version).stream()
            .map(fact -> "%s: %s\n".formatted(fact.name(), fact.value()))
            .collect(Collectors.joining());
  }
}
