package dev.edj.files.source;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Everything that is wrong in the files, to be told at once. Used by one thread.
public final class Faults {

  private static final int MOST_SHOWN = 100;

  private final List<Fault> found = new ArrayList<>();

  private record Fault(Place place, String message) implements Comparable<Fault> {

    private static final Comparator<Fault> ORDER =
        Comparator.comparing((Fault fault) -> fault.place.file())
            .thenComparingInt(fault -> fault.place.line())
            .thenComparingInt(fault -> fault.place.column());

    @Override
    public int compareTo(Fault other) {
      return ORDER.compare(this, other);
    }
  }

  public void add(Place place, String message) {
    found.add(new Fault(place, message));
  }

  /// Something wrong in a field.
  ///
  /// @param field where it is in what begins at the place; blank for all of it
  public void add(Place place, String field, String reason) {
    add(place, field.isEmpty() ? reason : field + ": " + reason);
  }

  /// What the rules of a noun refuse, where its field is in the file.
  public void add(Declared<?> declared, EdjException refusal) {
    String field = refusal.field() == null ? "" : refusal.field();
    add(declared.place(field), refusal.text());
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// Throws when there is any.
  public void refuse() {
    if (found.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    found.stream()
        .sorted()
        .limit(MOST_SHOWN)
        .forEach(fault -> lines.add(fault.place + ": " + fault.message));
    if (found.size() > MOST_SHOWN) {
      lines.add("and %,d more".formatted(found.size() - MOST_SHOWN));
    }
    lines.add(
        "%,d fault%s in the files; nothing was changed"
            .formatted(found.size(), found.size() == 1 ? "" : "s"));
    throw new EdjException(ErrorCode.INVALID_FIELD, null, String.join("\n", lines));
  }
}
