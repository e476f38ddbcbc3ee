package dev.edj.security;

import java.util.ArrayList;
import java.util.List;

/// Cuts a command line into its words as a shell does, and does nothing else that a shell does:
/// blanks separate, quotes of both kinds hold together, a backslash takes what follows as it is.
public final class CommandWords {

  private static final char NO_QUOTE = 0;

  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private char quote = NO_QUOTE;

  private CommandWords() {}

  /// Throws an [IllegalArgumentException] when there is no word, or a quote is not closed.
  public static List<String> of(String command) {
    CommandWords words = new CommandWords();
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && words.quote != '\'' && i + 1 < command.length()) {
        words.add(command.charAt(++i));
      } else {
        words.read(c);
      }
    }
    words.end();
    if (words.quote != NO_QUOTE) {
      throw new IllegalArgumentException("a quote of the command is not closed");
    }
    if (words.words.isEmpty()) {
      throw new IllegalArgumentException("the command is empty");
    }
    return List.copyOf(words.words);
  }

  private void read(char c) {
    if (quote != NO_QUOTE && c == quote) {
      quote = NO_QUOTE;
    } else if (quote == NO_QUOTE && (c == '\'' || c == '"')) {
      quote = c;
      begun = true;
    } else if (quote == NO_QUOTE && Character.isWhitespace(c)) {
      end();
    } else {
      add(c);
    }
  }

  private void add(char c) {
    word.append(c);
    begun = true;
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
    }
    word.setLength(0);
    begun = false;
  }
}
