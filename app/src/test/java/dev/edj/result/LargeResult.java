package dev.edj.result;

import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.TimeOrderedIds;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.UUID;

/// A process of its own, with little memory, that writes a run's results in every format to nowhere
/// and prints how many bytes each had.
public final class LargeResult {

  private LargeResult() {}

  /// Takes the URL, user and password of the control database, and the run.
  public static void main(String[] args) throws Exception {
    ControlDatabaseAddress address = new ControlDatabaseAddress(args[0], args[1], args[2]);
    try (ControlDatabase database = ControlDatabase.open(address, 4)) {
      Executions executions =
          new Executions(
              database.jdbi(), new TimeOrderedIds(InstantSource.system()), new EndSignal());
      Results results = new Results(database.jdbi(), executions, step -> null);
      for (ResultFormat format : ResultFormat.values()) {
        Counted out = new Counted();
        ResultReading reading = results.open(UUID.fromString(args[3]), ResultFilter.NONE);
        reading.write(reading.writer(format, out), () -> true);
        System.out.println(format + " " + out.count);
      }
    }
  }

  private static final class Counted extends OutputStream {

    private long count;

    @Override
    public void write(int value) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
