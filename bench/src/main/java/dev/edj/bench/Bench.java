package dev.edj.bench;

import dev.edj.bench.faults.FaultBench;
import dev.edj.bench.faults.SabotageBench;
import dev.edj.bench.fuzz.FuzzBench;
import dev.edj.bench.upgrade.UpgradeBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point of `bench/run`.
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = "Measures EDJ on this machine, and tries to break it.",
    subcommands = {
      CollectBench.class,
      CompareBench.class,
      EngineBench.class,
      FaultBench.class,
      FuzzBench.class,
      GrowthBench.class,
      HistoryBench.class,
      ListingBench.class,
      SabotageBench.class,
      ScheduleBench.class,
      UpgradeBench.class
    })
public final class Bench {

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
  }
}
