package dev.edj.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a session found out about where it is, without leaving anything there.
///
/// @param findings for people, a line each
/// @param obstacle why a script that writes would fail; empty when nothing is known that says so
public record Survey(List<String> findings, Optional<String> obstacle) {

  static Survey clear(String finding) {
    return new Survey(List.of(finding), Optional.empty());
  }

  static Survey obstacle(String obstacle) {
    return new Survey(List.of(), Optional.of(obstacle));
  }

  /// What a server answers to a question about a right; some know no answer.
  static String answer(@Nullable Boolean yes) {
    return yes == null ? "not told" : yes ? "yes" : "no";
  }
}
