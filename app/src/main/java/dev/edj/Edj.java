package dev.edj;

import dev.edj.cli.Cli;
import java.util.Locale;

/// The one entry point: `edj serve` is the service, everything else is a client of it.
public final class Edj {

  private Edj() {}

  public static void main(String[] arguments) {
    // Addresses, SQL and what programs read have everybody's digits, whatever language the machine
    // speaks.
    Locale.setDefault(Locale.ROOT);
    System.exit(Cli.ofThisProcess().run(arguments));
  }
}
