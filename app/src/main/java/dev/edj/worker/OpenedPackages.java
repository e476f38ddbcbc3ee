package dev.edj.worker;

import dev.edj.content.Packages;
import dev.edj.dacpac.Dacpac;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The packages that this node deployed last, opened once for all of their children and steps. What
/// is in use beside these is in memory for as long as that.
final class OpenedPackages {

  /// In bytes of model.xml, which takes a few times as much when it is opened. One that is larger
  /// is kept alone.
  private static final long MOST_KEPT = 32L << 20;

  private final Packages packages;
  private final long mostKept;
  private final ReentrantLock opening = new ReentrantLock();

  /// The one that was used last at the end.
  private final Map<String, Dacpac> kept = new LinkedHashMap<>(16, 0.75f, true);

  OpenedPackages(Packages packages) {
    this(packages, MOST_KEPT);
  }

  OpenedPackages(Packages packages, long mostKept) {
    this.packages = packages;
    this.mostKept = mostKept;
  }

  Dacpac of(String sha256) {
    Dacpac known = find(sha256);
    return known == null ? opened(sha256) : known;
  }

  /// Of many children that want it at once, one opens it.
  private Dacpac opened(String sha256) {
    opening.lock();
    try {
      Dacpac meanwhile = find(sha256);
      if (meanwhile != null) {
        return meanwhile;
      }
      Dacpac opened = packages.open(sha256);
      keep(sha256, opened);
      return opened;
    } finally {
      opening.unlock();
    }
  }

  private @Nullable Dacpac find(String sha256) {
    synchronized (kept) {
      return kept.get(sha256);
    }
  }

  private void keep(String sha256, Dacpac opened) {
    synchronized (kept) {
      kept.put(sha256, opened);
      long bytes = kept.values().stream().mapToLong(Dacpac::modelBytes).sum();
      Iterator<Dacpac> oldest = kept.values().iterator();
      while (bytes > mostKept && kept.size() > 1) {
        bytes -= oldest.next().modelBytes();
        oldest.remove();
      }
    }
  }
}
