package dev.edj.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Where a password comes from: never from the command line, which everybody on the machine can
/// read.
@SuppressWarnings("UnusedVariable") // Picocli looks at the option that is only a flag.
final class PasswordSource {

  @ArgGroup private @Nullable Source source;

  private static final class Source {

    @Option(
        names = "--password-stdin",
        description = "Read the password from standard input; a closing line end is left out.")
    private boolean stdin;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "Read the password from a file; a closing line end is left out.")
    private @Nullable String file;

    @Option(names = "--password-prompt", description = "Ask for the password, without showing it.")
    private boolean prompt;
  }

  boolean isGiven() {
    return source != null;
  }

  /// @param whose a credential or a user
  String read(Terminal terminal, String whose) {
    String file = source == null ? null : source.stdin ? "-" : source.file;
    if (file == null) {
      return prompt("Password of " + whose, "--password-stdin or --password-file");
    }
    return checked(ValueOptions.read(file, terminal));
  }

  /// Asks a person, without showing what is typed.
  ///
  /// @param instead what to give where there is nobody
  @SuppressWarnings("SystemConsoleNull") // Since JDK 25 it can be null again (JDK-8351435).
  static String prompt(String question, String instead) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw CommandException.badInput("there is no terminal to ask on; give " + instead);
    }
    char[] password = console.readPassword("%s: ", question);
    return checked(password == null ? "" : new String(password));
  }

  private static String checked(String password) {
    if (password.isEmpty()) {
      throw CommandException.badInput("what was given is empty");
    }
    return password;
  }
}
