package dev.edj.script;

import java.util.Arrays;

/// Where the lines of a text start. A line ends with `\n`, `\r\n` or `\r`.
final class Lines {

  private final int[] starts;

  Lines(String text) {
    starts = new int[count(text)];
    int line = 1;
    for (int at = 0; at < text.length(); at++) {
      if (endsLine(text, at)) {
        starts[line++] = at + 1;
      }
    }
  }

  int count() {
    return starts.length;
  }

  /// The offset at which a line, counted from 1, starts.
  int start(int line) {
    return starts[line - 1];
  }

  /// The line, counted from 1, on which the character at this offset stands.
  int line(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  Position position(int offset) {
    int line = line(offset);
    return new Position(line, offset - start(line) + 1);
  }

  private static int count(String text) {
    int lines = 1;
    for (int at = 0; at < text.length(); at++) {
      if (endsLine(text, at)) {
        lines++;
      }
    }
    return lines;
  }

  private static boolean endsLine(String text, int at) {
    return switch (text.charAt(at)) {
      case '\n' -> true;
      case '\r' -> at + 1 == text.length() || text.charAt(at + 1) != '\n';
      default -> false;
    };
  }
}
