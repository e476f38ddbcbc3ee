package dev.edj.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Writes commands as a person can copy them into a shell in which `EDJ_DATA` is set.
///
/// @param launcher what a person types to run edj
record Shell(String launcher, Path data) {

  String export() {
    return "export EDJ_DATA=" + quoted(data.toString());
  }

  String edj(List<String> words) {
    return words.stream().map(this::word).collect(Collectors.joining(" ", launcher + " ", ""));
  }

  private String word(String word) {
    String directory = data + "/";
    return word.startsWith(directory)
        ? "\"$EDJ_DATA/" + word.substring(directory.length()) + "\""
        : quoted(word);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
