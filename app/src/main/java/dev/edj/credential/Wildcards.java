package dev.edj.credential;

/// Matches a text against a pattern in which `*` stands for any characters and `?` for one.
public final class Wildcards {

  private Wildcards() {}

  /// In time proportional to the product of the lengths at worst. A `*` of the text, which is there
  /// when patterns are compared, is matched by `*` only.
  public static boolean match(String pattern, String text) {
    int p = 0;
    int t = 0;
    int lastStar = -1;
    int resumeAt = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        lastStar = p++;
        resumeAt = t;
      } else if (p < pattern.length() && matches(pattern.charAt(p), text.charAt(t))) {
        p++;
        t++;
      } else if (lastStar >= 0) {
        p = lastStar + 1;
        t = ++resumeAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean matches(char pattern, char text) {
    return pattern == text || (pattern == '?' && text != '*');
  }
}
