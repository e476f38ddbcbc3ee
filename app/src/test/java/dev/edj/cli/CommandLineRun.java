package dev.edj.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// What a command line did, run in this process with streams of its own.
public record CommandLineRun(int exitCode, String out, String err) {

  private static final CommandSpec ALL = Cli.wholeLine().getCommandSpec();

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  /// With the clock of the day and a service's data directory, as a person in a terminal has them.
  public static CommandLineRun withService(Path data, String input, String... words) {
    return of(Map.of("EDJ_DATA", data.toString()), input, Clock.systemUTC(), words);
  }

  /// The same at another time.
  static CommandLineRun withService(Path data, Clock clock, String... words) {
    return of(Map.of("EDJ_DATA", data.toString()), "", clock, words);
  }

  /// The same of somebody who looks for a mistake in edj: failures come with their stack traces.
  ///
  /// @param home where what is kept for a person has a place
  public static CommandLineRun forDevelopers(Path data, Path home, String... words) {
    return at(home, Map.of("EDJ_DATA", data.toString(), "EDJ_DEBUG", "1"), "", words);
  }

  static CommandLineRun of(String... words) {
    return of(Map.of(), "", words);
  }

  /// @param input what standard input gives
  static CommandLineRun of(Map<String, String> environment, String input, String... words) {
    return of(environment, input, Clock.fixed(NOW, ZoneOffset.UTC), words);
  }

  /// What becomes of a command line that is read, and not run.
  public static CommandLineRun read(String... words) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            Map.of(),
            Path.of("/nowhere"),
            Clock.systemUTC());
    try {
      new Cli(terminal).commandLine(List.of(words)).parseArgs(words);
      return new CommandLineRun(0, "", "");
    } catch (ParameterException e) {
      int exitCode = new UsageErrors(terminal).handleParseException(e, words);
      return new CommandLineRun(exitCode, "", err.toString(UTF_8));
    }
  }

  /// What EDJ does not have of these words: a command, or an option of one. Values may be anything.
  public static Optional<String> unknown(List<String> words) {
    return unknown(ALL, words);
  }

  private static Optional<String> unknown(CommandSpec known, List<String> words) {
    CommandLine verb = words.isEmpty() ? null : known.subcommands().get(words.getFirst());
    if (verb != null) {
      return unknown(verb.getCommandSpec(), words.subList(1, words.size()));
    }
    boolean wantsVerb = !known.subcommands().isEmpty();
    return words.stream()
        .filter(word -> wantsVerb ? word.matches("[a-z-]+") : word.matches("--?[a-z].*"))
        .map(word -> word.replaceFirst("=.*", ""))
        .filter(word -> !known.optionsMap().containsKey(word))
        .map(word -> "'%s' has no %s".formatted(known.qualifiedName(), word))
        .findFirst();
  }

  /// With a home directory, where what is kept for a person has a place.
  public static CommandLineRun at(
      Path home, Map<String, String> environment, String input, String... words) {
    return of(home, environment, input, Clock.systemUTC(), words);
  }

  private static CommandLineRun of(
      Map<String, String> environment, String input, Clock clock, String... words) {
    return of(Path.of("/nowhere"), environment, input, clock, words);
  }

  private static CommandLineRun of(
      Path home, Map<String, String> environment, String input, Clock clock, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            environment,
            home,
            clock);
    int exitCode = new Cli(terminal).run(words);
    return new CommandLineRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
