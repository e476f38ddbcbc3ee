package dev.edj.demo;

import java.util.List;

/// Runs `edj` commands in this process, for the service of the demo.
public interface Commands {

  /// Runs a command whose output the person sees; returns its exit code.
  int run(List<String> words);

  /// Runs a command whose output nobody sees; returns what it printed.
  String ask(List<String> words);
}
