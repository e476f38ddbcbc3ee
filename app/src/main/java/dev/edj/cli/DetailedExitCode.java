package dev.edj.cli;

import java.util.List;

/// The exit codes of `--detailed-exitcode`, which those know who use other tools that plan: 0 for
/// nothing to do, 2 for changes, 1 for any failure, a wrong option included.
final class DetailedExitCode {

  static final String OPTION = "--detailed-exitcode";

  /// Of a plan with changes, until it is known that nothing failed; no [ExitCode].
  static final int CHANGES = 200;

  private static final int FAILURE = 1;
  private static final int SOMETHING_TO_DO = 2;

  private DetailedExitCode() {}

  /// What a process ends with, by what it was asked for.
  static int of(int exitCode, List<String> words) {
    if (!words.contains(OPTION) || exitCode == ExitCode.DONE.number()) {
      return exitCode;
    }
    return exitCode == CHANGES ? SOMETHING_TO_DO : FAILURE;
  }
}
