package dev.edj.docs;

import java.util.List;
import java.util.Optional;

/// What a page shows of a shell: commands, and in a dialogue what they answer.
///
/// @param line where it begins, from 1
/// @param hidden prepares what the page takes for granted; readers do not see it
/// @param dialogue whether it shows what commands say, if only that it is left out
/// @param notRun why nobody runs it; its commands of EDJ are read all the same
record Session(
    int line, boolean hidden, boolean dialogue, Optional<String> notRun, List<Step> steps) {

  /// @param line of the command, from 1
  /// @param lines how many lines the command has
  /// @param output what the page shows below it
  record Step(int line, int lines, String command, List<String> output) {}
}
