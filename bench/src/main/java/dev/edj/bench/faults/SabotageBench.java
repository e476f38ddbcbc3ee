package dev.edj.bench.faults;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Takes EDJ's safeguards away, one after the other, each with the fault that it is there for. See
/// docs/concepts/faults.md.
@Command(
    name = "sabotages",
    description = "takes EDJ's safeguards away one by one, which has to be noticed")
public final class SabotageBench implements Callable<Integer> {

  private static final int VIOLATIONS_WERE_SEEN = 1;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "<safeguard>",
      description = "leave in place all but these (fence, lock, ledger, firing, collect)")
  private List<Sabotage.Kind> only =
      List.copyOf(EnumSet.complementOf(EnumSet.of(Sabotage.Kind.NONE)));

  @Override
  public Integer call() throws Exception {
    List<Sabotage.Kind> unnoticed = new ArrayList<>();
    for (Sabotage.Kind safeguard : only) {
      System.out.printf("%nwithout: %s%n", safeguard.label());
      if (!isNoticed(safeguard)) {
        unnoticed.add(safeguard);
      }
    }
    unnoticed.forEach(
        safeguard -> System.out.printf("NOT NOTICED: EDJ ran without its %s%n", safeguard.label()));
    return unnoticed.isEmpty() ? 0 : 1;
  }

  private static boolean isNoticed(Sabotage.Kind safeguard) throws Exception {
    FaultBench bench =
        CommandLine.populateCommand(
            new FaultBench(),
            "--minutes=2",
            "--seed=1",
            "--nodes=2",
            "--databases=4",
            "--only=" + faultFor(safeguard).label(),
            "--sabotage=" + safeguard);
    return bench.call() == VIOLATIONS_WERE_SEEN;
  }

  private static Fault faultFor(Sabotage.Kind safeguard) {
    return switch (safeguard) {
      case NONE -> throw new IllegalArgumentException("that is no safeguard");
      case FENCE, LOCK -> Fault.PAUSE_NODE;
      case LEDGER -> Fault.LOSE_COMMITS_OF_TARGET;
      case FIRING -> Fault.DELAY_NODE;
      case COLLECT -> Fault.LOSE_COMMITS_OF_DESTINATION;
    };
  }
}
