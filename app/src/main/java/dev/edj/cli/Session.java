package dev.edj.cli;

/// What a command needs once the common options are parsed; nothing is opened before it is used.
final class Session {

  private final Terminal terminal;
  private final EdjCommand common;

  Session(Terminal terminal, EdjCommand common) {
    this.terminal = terminal;
    this.common = common;
  }

  Terminal terminal() {
    return terminal;
  }

  ServiceFinder serviceFinder() {
    return common.serviceFinder();
  }

  ApiClient api() {
    return new ApiClient(serviceFinder().find());
  }

  Output output() {
    return new Output(terminal, common.outputFormat());
  }
}
