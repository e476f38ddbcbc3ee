package dev.edj.docs;

import dev.edj.docs.Session.Step;
import dev.edj.docs.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Somebody goes through a page from its top to its end and does what it shows.
final class Reading {

  private static final Pattern EDJ = Pattern.compile("(\\./)?edj( .*)?", Pattern.DOTALL);
  private static final String ANY_ID = "0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f";

  private final Path page;
  private final World world;
  private final Terminal terminal = new Terminal();
  private final List<String> failures = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();

  Reading(Path page, World world) {
    this.page = page;
    this.world = world;
  }

  /// What a command said in place of what the page shows.
  private record Difference(Step step, List<String> said) {}

  /// Returns what went otherwise than the page says.
  ///
  /// @param writes whether to have the page say what the commands said
  List<String> readAll(boolean writes) throws IOException {
    for (Session session : Page.read(page).sessions()) {
      world.desk().read(session.notRun().isPresent());
      for (Step step : session.steps()) {
        if (session.notRun().isEmpty()) {
          run(step);
        } else if (EDJ.matcher(step.command()).matches()) {
          succeed(step, withoutFiles(step.command()));
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

  private void run(Step step) throws IOException {
    if (step.output().isEmpty()) {
      succeed(step, step.command());
      return;
    }
    List<String> said = lines(world.shell().run(real(step.command())));
    // Databases answer a query in any order.
    boolean anyOrder = step.command().startsWith("edj query");
    if (!terminal.says(step.output(), said, anyOrder)) {
      differences.add(new Difference(step, said));
      terminal.says(said, said, anyOrder);
    }
  }

  private void succeed(Step step, String command) throws IOException {
    Outcome outcome = world.shell().run(real(command));
    if (outcome.exitCode() != 0) {
      failures.add(
          "%n%s:%d: %s%n(exit code %d)%n%s"
              .formatted(
                  page.getFileName(),
                  step.line(),
                  command,
                  outcome.exitCode(),
                  String.join("\n", lines(outcome))));
    }
  }

  private String real(String command) throws IOException {
    Path newest = world.desk().folder().resolve("id");
    return terminal.real(world.real(command), Files.exists(newest) ? Files.readString(newest) : "");
  }

  private List<String> lines(Outcome outcome) {
    return world.shown(outcome.output()).lines().map(String::stripTrailing).toList();
  }

  /// What is only read needs no file and makes none, and its variables are ids.
  private static String withoutFiles(String command) {
    return command.replaceAll(" *[<>]{1,2} *[^ (<>]+", "").replaceAll("\\$[a-z]+\\b", ANY_ID);
  }

  private void tell(Difference difference) {
    Step step = difference.step();
    failures.add(
        "%n%s:%d: %s%nshown:%n%s%nsaid:%n%s"
            .formatted(
                page.getFileName(),
                step.line(),
                step.command(),
                String.join("\n", step.output()),
                String.join("\n", difference.said())));
  }

  /// From the end, so that numbers of lines stay.
  private void write() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(page));
    for (Difference difference : differences.reversed()) {
      Step step = difference.step();
      String line = lines.get(step.line() - 1);
      String indent = line.substring(0, line.length() - line.stripLeading().length());
      int from = step.line() - 1 + step.lines();
      lines.subList(from, from + step.output().size()).clear();
      lines.addAll(
          from, difference.said().stream().map(text -> (indent + text).stripTrailing()).toList());
    }
    Files.writeString(page, String.join("\n", lines) + "\n");
  }
}
