package dev.edj.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The calls of `edj` in a text that is for a shell, but that nobody runs: also behind `sudo`, `sh
/// -c` or `kubectl exec`.
///
/// @param nouns what may follow `edj` where the text does not say that a command begins
record Calls(Set<String> nouns) {

  private static final Pattern EDJ = Pattern.compile("(?<![\\w./-])(?:[\\w./-]*/)?edj(?= )");

  /// Behind this, a command begins.
  private static final Pattern BEGINS =
      Pattern.compile("((^|[;|&({\\n])( *exec)?|(^|\\s)--|\\b(do|then|run:)|\\w+=\\S*) *$");

  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+|\\{\\w+})");
  private static final String ANY_ID = "0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f";

  /// The words of each call. Variables are taken for ids.
  List<List<String>> in(String text) {
    List<List<String>> calls = new ArrayList<>();
    Matcher edj = EDJ.matcher(text);
    while (edj.find()) {
      List<String> words = words(text, edj.end());
      if (!words.isEmpty() && isCall(text.substring(0, edj.start()), words.getFirst())) {
        calls.add(words);
      }
    }
    return calls;
  }

  /// Capital letters stand for something else.
  private boolean isCall(String before, String first) {
    return nouns.contains(first)
        || (BEGINS.matcher(before).find() && !Character.isUpperCase(first.charAt(0)));
  }

  /// Up to the end of the command: a mark of the shell, the end of the line, or of the quotes
  /// around all of it.
  private static List<String> words(String text, int from) {
    List<String> words = new ArrayList<>();
    int at = from;
    while (true) {
      at = afterBlanks(text, at);
      Optional<Word> word = word(text, at);
      if (word.isEmpty()) {
        return words;
      }
      if (!word.get().isDescriptor(text)) {
        words.add(VARIABLE.matcher(word.get().value()).replaceAll(ANY_ID));
      }
      at = word.get().end();
    }
  }

  private static int afterBlanks(String text, int from) {
    int at = from;
    while (text.startsWith(" ", at) || text.startsWith("\\\n", at)) {
      at += text.startsWith(" ", at) ? 1 : 2;
    }
    return at;
  }

  /// @param end where the text goes on behind it
  private record Word(String value, int end) {

    /// Whether it only numbers what is sent elsewhere, as the 2 of `2> errors`.
    boolean isDescriptor(String text) {
      return value.matches("\\d") && (text.startsWith(">", end) || text.startsWith("<", end));
    }
  }

  private static Optional<Word> word(String text, int from) {
    StringBuilder word = new StringBuilder();
    int at = from;
    while (at < text.length() && " \n;|&<>)".indexOf(text.charAt(at)) < 0) {
      char mark = text.charAt(at);
      if (mark == '#' && at == from) {
        return Optional.empty();
      }
      if (mark == '\'' || mark == '"') {
        int end = text.indexOf(mark, at + 1);
        if (end < 0) {
          break;
        }
        word.append(text, at + 1, end);
        at = end + 1;
      } else {
        word.append(mark);
        at++;
      }
    }
    return at == from ? Optional.empty() : Optional.of(new Word(word.toString(), at));
  }
}
