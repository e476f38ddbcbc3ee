package dev.edj.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.demo.Commands;
import dev.edj.demo.Curtain;
import dev.edj.demo.Demo;
import dev.edj.demo.DemoSettings;
import dev.edj.demo.Stage;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The seam between the command line and the demo, whose commands it runs; as [Serve], it keeps the
/// service's classes away from the other commands.
record Demonstration(Terminal terminal, Curtain curtain) {

  static int run(DemoSettings settings, Terminal terminal) throws InterruptedException {
    Curtain curtain = new Curtain();
    Stage stage =
        new Stage(
            curtain.before(terminal.out()),
            curtain.before(terminal.err()),
            terminal.outIsTerminal(),
            terminal.errIsTerminal(),
            terminal.coloursOn(terminal.outIsTerminal()),
            curtain);
    Demonstration demonstration = new Demonstration(terminal, curtain);
    return Demo.tell(settings, stage, demonstration::commandsFor)
        ? ExitCode.DONE.number()
        : ExitCode.NOT_SUCCEEDED.number();
  }

  private Commands commandsFor(Path data) {
    return new Commands() {
      @Override
      public int run(List<String> words) {
        return new Cli(seen(data)).run(words.toArray(String[]::new));
      }

      @Override
      public String ask(List<String> words) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        new Cli(unseen(data, new PrintStream(answer, true, UTF_8)))
            .run(words.toArray(String[]::new));
        return answer.toString(UTF_8);
      }
    };
  }

  private Terminal seen(Path data) {
    return surroundings(
        data,
        curtain.before(terminal.out()),
        curtain.before(terminal.err()),
        terminal.outIsTerminal(),
        terminal.errIsTerminal());
  }

  private Terminal unseen(Path data, PrintStream answer) {
    return surroundings(
        data, answer, new PrintStream(PrintStream.nullOutputStream(), true, UTF_8), false, false);
  }

  /// The person's variables, without those that lead to another service.
  private Terminal surroundings(
      Path data, PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
    Map<String, String> environment =
        terminal.environment().entrySet().stream()
            .filter(variable -> !variable.getKey().startsWith("EDJ_"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    environment.put("EDJ_DATA", data.toString());
    return new Terminal(
        InputStream.nullInputStream(),
        out,
        err,
        outIsTerminal,
        errIsTerminal,
        Map.copyOf(environment),
        terminal.home(),
        terminal.clock());
  }
}
