package dev.edj.execution;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Kept results of many attempts, in the columns in which a statement takes them. Public because
/// Jdbi binds public types only.
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record Kept(
    UUID[] resultOwners,
    int[] resultAttempts,
    String[] resultColumns,
    long[] resultCounts,
    int[] keptRows,
    String[] digests,
    String[] rows,
    long mostKept) {

  /// In bytes, of the results of one step on all its databases. Of what comes after it, the digests
  /// are kept.
  static final long MOST_KEPT = 256L * 1024 * 1024;

  static Kept of(List<AttemptReport> reports) {
    List<AttemptReport> kept = reports.stream().filter(r -> r.kept() != null).toList();
    return new Kept(
        Columns.of(kept, r -> r.child().executionId(), UUID[]::new),
        Columns.ints(kept, r -> r.child().attempt()),
        Columns.texts(kept, r -> result(r).columns()),
        Columns.longs(kept, r -> result(r).rowCount()),
        Columns.ints(kept, r -> result(r).keptRows()),
        Columns.of(kept, r -> base64(result(r).digest()), String[]::new),
        Columns.of(kept, r -> base64(result(r).rows()), String[]::new),
        MOST_KEPT);
  }

  /// No array of a driver holds bytes.
  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static KeptResult result(AttemptReport report) {
    return Objects.requireNonNull(report.kept());
  }
}
