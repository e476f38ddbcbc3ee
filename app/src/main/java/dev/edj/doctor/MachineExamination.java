package dev.edj.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// The Java runtime and the machine it is on.
public record MachineExamination() implements Examination {

  private static final long MEGABYTE = 1024 * 1024;

  /// What `docs/how-to/production.md` asks for, less what systems take for themselves.
  private static final long LEAST_MEMORY = 900 * MEGABYTE;

  @Override
  public List<Finding> findings() {
    return List.of(java(), memory(), encoding());
  }

  /// No older one could run this class; the finding says on which one it is.
  private static Finding java() {
    return Finding.ok(
        "java",
        "Java %s of %s in %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
  }

  /// In a container it is the container's.
  private static Finding memory() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine)) {
      return Finding.skipped("memory", "this Java runtime does not tell how much memory there is");
    }
    long all = machine.getTotalMemorySize();
    String message =
        "%,d MB, of which Java takes up to a quarter, for %d processors"
            .formatted(all / MEGABYTE, machine.getAvailableProcessors());
    return all >= LEAST_MEMORY
        ? Finding.ok("memory", message)
        : Finding.warning(
            "memory",
            message + "; a node wants 1 GB",
            "Give it more, or a larger share with EDJ_JAVA_OPTIONS=-XX:MaxRAMPercentage=50.");
  }

  /// Names of files and on command lines are read by it.
  private static Finding encoding() {
    String encoding = System.getProperty("sun.jnu.encoding", "unknown");
    return encoding.equals("UTF-8")
        ? Finding.ok("encoding", "names are read as UTF-8")
        : Finding.warning(
            "encoding",
            "names are read as %s, so that some cannot be named".formatted(encoding),
            "Start edj with its launcher, or with LC_ALL=C.UTF-8.");
  }
}
