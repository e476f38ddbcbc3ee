package dev.edj.text;

import java.util.regex.Pattern;

/// A text as one word of a command that people copy into a POSIX shell. Names are what others
/// called things: without this, one could hold a command of its own.
public final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");

  private ShellWord() {}

  /// As it stands where a shell takes it so, else in single quotes.
  public static String of(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
