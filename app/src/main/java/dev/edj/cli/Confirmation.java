package dev.edj.cli;

import java.io.Console;

/// A question that a person answers before something is done.
final class Confirmation {

  private Confirmation() {}

  /// Goes on only when somebody says yes.
  ///
  /// @param instead what to give where there is nobody
  @SuppressWarnings("SystemConsoleNull") // Since JDK 25 it can be null again (JDK-8351435).
  static void require(String question, String instead) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw CommandException.badInput(
          "there is no terminal to ask on; give %s. Nothing was changed".formatted(instead));
    }
    String answer = console.readLine("%s [y/N] ", question);
    if (answer == null || !(answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"))) {
      throw CommandException.badInput("not confirmed; nothing was changed");
    }
  }
}
