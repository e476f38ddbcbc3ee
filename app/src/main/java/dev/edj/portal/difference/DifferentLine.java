package dev.edj.portal.difference;

import org.jspecify.annotations.Nullable;

/// A line of two texts that are compared.
///
/// @param before its number in the older text; null when it is not there
/// @param after its number in the newer text; null when it is not there
/// @param text of the line, or what stands for lines that are left out
public record DifferentLine(
    Kind kind, @Nullable Integer before, @Nullable Integer after, String text) {

  /// What became of the line.
  public enum Kind {
    SAME(" ", "the same"),
    ADDED("+", "added"),
    REMOVED("−", "removed"),
    /// Lines that are the same and far from any other.
    LEFT_OUT("⋯", "left out");

    private final String sign;
    private final String word;

    Kind(String sign, String word) {
      this.sign = sign;
      this.word = word;
    }

    public String sign() {
      return sign;
    }

    /// The sign in a word, for who cannot see it.
    public String word() {
      return word;
    }
  }
}
