package dev.edj.docs;

import dev.edj.docs.Session.Step;
import dev.edj.docs.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Somebody goes through a page from its top to its end and does what it shows.
final class Reading {

  private final Page page;
  private final World world;
  private final Terminal terminal = new Terminal();
  private final List<String> failures = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();

  Reading(Page page, World world) {
    this.page = page;
    this.world = world;
  }

  /// What a command said in place of what the page shows.
  private record Difference(Step step, List<String> said) {}

  /// Returns what went otherwise than the page says.
  ///
  /// @param writes whether to have the page say what the commands said
  List<String> readAll(boolean writes) throws IOException {
    for (Session session : page.sessions()) {
      if (session.notRun().isEmpty()) {
        for (Step step : session.steps()) {
          run(step, session.dialogue());
        }
      }
    }
    if (writes) {
      write();
    } else {
      differences.forEach(this::tell);
    }
    return failures;
  }

  private void run(Step step, boolean dialogue) throws IOException {
    world.desk().forgetErrors();
    Outcome outcome = world.shell().run(real(step.command()));
    List<String> said = lines(outcome.output());
    if (outcome.exitCode() != 0 && !isShownToFail(step)) {
      fail(step, outcome.exitCode(), said);
    }
    // Databases answer a query in any order.
    boolean anyOrder = step.command().startsWith("edj query");
    if (dialogue && !terminal.says(step.output(), said, anyOrder)) {
      differences.add(new Difference(step, said));
      terminal.says(said, said, anyOrder);
    }
  }

  /// A page that shows how something fails shows at least a line of what is said then.
  private boolean isShownToFail(Step step) {
    List<String> errors = lines(String.join("\n", world.desk().errors()));
    return errors.isEmpty()
        ? Terminal.showsSomething(step.output())
        : Terminal.showsOneOf(step.output(), errors);
  }

  private void fail(Step step, int exitCode, List<String> said) {
    failures.add(
        "%n%s:%d: %s%n(exit code %d, and the page does not show why)%n%s"
            .formatted(
                page.name(), step.line(), step.command(), exitCode, String.join("\n", said)));
  }

  private String real(String command) throws IOException {
    Path newest = world.desk().folder().resolve("id");
    return terminal.real(world.real(command), Files.exists(newest) ? Files.readString(newest) : "");
  }

  private List<String> lines(String output) {
    return world.shown(output).lines().map(String::stripTrailing).toList();
  }

  private void tell(Difference difference) {
    Step step = difference.step();
    failures.add(
        "%n%s:%d: %s%nshown:%n%s%nsaid:%n%s"
            .formatted(
                page.name(),
                step.line(),
                step.command(),
                String.join("\n", step.output()),
                String.join("\n", difference.said())));
  }

  /// From the end, so that numbers of lines stay.
  private void write() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(page.file()));
    for (Difference difference : differences.reversed()) {
      Step step = difference.step();
      String line = lines.get(step.line() - 1);
      String indent = line.substring(0, line.length() - line.stripLeading().length());
      int from = step.line() - 1 + step.lines();
      lines.subList(from, from + step.output().size()).clear();
      lines.addAll(
          from, difference.said().stream().map(text -> (indent + text).stripTrailing()).toList());
    }
    Files.writeString(page.file(), String.join("\n", lines) + "\n");
  }
}
