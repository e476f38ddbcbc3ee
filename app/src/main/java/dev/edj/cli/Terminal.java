package dev.edj.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a command reads and writes, and what it may know of its surroundings.
///
/// @param environment the process's variables
/// @param home the person's home directory
record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment,
    Path home,
    Clock clock) {

  private static final Pattern COLUMNS = Pattern.compile("[1-9][0-9]{0,4}");

  /// This process's own. The launcher knows for each stream whether it is a terminal; Java alone
  /// only knows it of both at once.
  static Terminal ofThisProcess() {
    return new Terminal(
        System.in,
        new StandardOutput(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        isTerminal("edj.out.terminal"),
        isTerminal("edj.err.terminal"),
        System.getenv(),
        home(System.getenv()),
        Clock.systemUTC());
  }

  /// As shells, the launcher and the PowerShell module have it. Java alone asks the system's list
  /// of users, and knows of no other directory that somebody has said.
  static Path home(Map<String, String> environment) {
    String named = environment.getOrDefault("HOME", "");
    Path home = Path.of(named);
    return home.isAbsolute() ? home : Path.of(System.getProperty("user.home", "."));
  }

  /// The variable's value; null when it is unset or empty.
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /// How many columns fit side by side, as the launcher says; without a limit where nobody looks.
  int columns() {
    String columns = variable("COLUMNS");
    return outIsTerminal && columns != null && COLUMNS.matcher(columns).matches()
        ? Integer.parseInt(columns)
        : Integer.MAX_VALUE;
  }

  /// See https://no-color.org: any value but the empty one turns colours off.
  boolean coloursOn(boolean isTerminal) {
    return isTerminal && variable("NO_COLOR") == null && !"dumb".equals(variable("TERM"));
  }

  @SuppressWarnings("SystemConsoleNull") // Since JDK 25 it can be null again (JDK-8351435).
  private static boolean isTerminal(String property) {
    String known = System.getProperty(property);
    if (known != null) {
      return known.equals("true");
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
