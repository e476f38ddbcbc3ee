package dev.edj.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that was probably meant.
public final class Spelling {

  private Spelling() {}

  /// The nearest of the known words, when it is near enough to be a slip of the fingers.
  public static Optional<String> nearest(String word, Collection<String> known) {
    String written = word.toLowerCase(Locale.ROOT);
    int tolerated = Math.max(1, (written.length() + 1) / 3);
    return known.stream()
        .filter(candidate -> isNear(written, candidate, tolerated))
        .min(
            Comparator.comparingInt((String candidate) -> distance(written, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static boolean isNear(String written, String candidate, int tolerated) {
    return distance(written, candidate) <= tolerated
        || (written.length() >= 3 && candidate.startsWith(written));
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
  public static int distance(String from, String to) {
    int[][] steps = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : fewest(steps, from, to, i, j);
      }
    }
    return steps[from.length()][to.length()];
  }

  private static int fewest(int[][] steps, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int fewest =
        Math.min(
            steps[i - 1][j - 1] + (same ? 0 : 1), Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(fewest, steps[i - 2][j - 2] + 1) : fewest;
  }
}
