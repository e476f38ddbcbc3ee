package dev.edj;

import dev.edj.cli.Cli;

/// The one entry point: `edj serve` is the service, everything else is a client of it.
public final class Edj {

  private Edj() {}

  public static void main(String[] arguments) {
    System.exit(Cli.ofThisProcess().run(arguments));
  }
}
