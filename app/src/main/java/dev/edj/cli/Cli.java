package dev.edj.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.cli.manual.CommandManual;
import dev.edj.engine.TlsMode;
import dev.edj.policy.DestinationFailure;
import dev.edj.problem.EdjException;
import dev.edj.script.ScriptException;
import dev.edj.text.Durations;
import dev.edj.text.Times;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// Reads a command line, runs the command, and turns what happened into an exit code.
public final class Cli {

  private static final int USAGE_WIDTH = 100;

  private final Terminal terminal;

  Cli(Terminal terminal) {
    this.terminal = terminal;
  }

  public static Cli ofThisProcess() {
    return new Cli(Terminal.ofThisProcess());
  }

  /// All commands with all that they take, for whoever describes them.
  public static CommandManual manual() {
    return CommandManual.of(wholeLine().getCommandSpec());
  }

  /// All commands with all that they take.
  static CommandLine wholeLine() {
    return ofThisProcess().commandLine(List.of(Noun.COMPLETION));
  }

  public int run(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    int exitCode = commandLine(words).execute(arguments);
    return DetailedExitCode.of(
        isLost(exitCode) ? ExitCode.NOT_SUCCEEDED.number() : exitCode, words);
  }

  /// Whether a command that went well could not print what it was asked for.
  private boolean isLost(int exitCode) {
    boolean wentWell = exitCode == ExitCode.DONE.number() || exitCode == DetailedExitCode.CHANGES;
    if (!wentWell || !(terminal.out() instanceof StandardOutput out)) {
      return false;
    }
    String failure = out.failure();
    if (failure != null) {
      terminal.err().println("edj: standard output cannot be written: " + failure);
    }
    return failure != null;
  }

  /// The commands, as far as `words` can reach them.
  CommandLine commandLine(List<String> words) {
    EdjCommand common = new EdjCommand(terminal);
    CommandLine line = new CommandLine(common);
    for (Noun noun : Noun.all(new Session(terminal, common))) {
      boolean reachable = words.contains(noun.name()) || words.contains(Noun.COMPLETION);
      line.addSubcommand(noun.name(), reachable ? noun.read() : noun.unread());
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        // A text or a name may begin with @.
        .setExpandAtFiles(false)
        .setUsageHelpWidth(USAGE_WIDTH)
        .setColorScheme(Help.defaultColorScheme(ansi(terminal.outIsTerminal())))
        .registerConverter(Duration.class, converter(Durations::parse))
        .registerConverter(Instant.class, converter(text -> Times.parse(text, terminal.clock())))
        .registerConverter(UUID.class, converter(Cli::id))
        .registerConverter(TlsMode.class, converter(Cli::tlsMode))
        .registerConverter(DestinationFailure.class, converter(Cli::destinationFailure))
        .setOut(new PrintWriter(terminal.out(), true, UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, UTF_8))
        .setParameterExceptionHandler(new UsageErrors(terminal))
        .setExecutionExceptionHandler(this::failed);
  }

  private int failed(Exception failure, CommandLine command, ParseResult parsed) {
    return switch (failure) {
      case CommandException e -> report(e.exitCode(), e);
      case EdjException e -> report(ExitCode.of(e.category()), e);
      case ScriptException e -> report(ExitCode.BAD_INPUT, e);
      default -> fault(failure, command.getCommandSpec().qualifiedName());
    };
  }

  private int report(ExitCode exitCode, Exception failure) {
    // Files and servers that others wrote are quoted in it.
    terminal
        .err()
        .println("edj: " + TextWidth.withoutControls(String.valueOf(failure.getMessage())));
    printStackForDevelopers(failure);
    return exitCode.number();
  }

  private int fault(Exception failure, String command) {
    terminal.err().printf("edj: '%s' met a fault of EDJ itself: %s%n", command, failure);
    if (terminal.variable("EDJ_DEBUG") == null) {
      terminal.err().println("Please report it with what EDJ_DEBUG=1 prints.");
    }
    printStackForDevelopers(failure);
    return ExitCode.FAULT.number();
  }

  private void printStackForDevelopers(Exception failure) {
    if (terminal.variable("EDJ_DEBUG") != null) {
      failure.printStackTrace(terminal.err());
    }
  }

  private Help.Ansi ansi(boolean isTerminal) {
    return terminal.coloursOn(isTerminal) ? Help.Ansi.ON : Help.Ansi.OFF;
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not an id such as 0b6c1f6e-7f0e-4b7e-9d2b-0d8a5b1f4c11".formatted(text), e);
    }
  }

  private static TlsMode tlsMode(String text) {
    try {
      return TlsMode.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not one of verify-full, verify-ca, require, disable".formatted(text), e);
    }
  }

  private static DestinationFailure destinationFailure(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "run-again" -> DestinationFailure.RunAgain;
      case "write-only" -> DestinationFailure.WriteOnly;
      default ->
          throw new IllegalArgumentException(
              "'%s' is not one of run-again, write-only".formatted(text));
    };
  }
}
