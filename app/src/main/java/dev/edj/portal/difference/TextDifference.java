package dev.edj.portal.difference;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.edj.portal.difference.DifferentLine.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two texts line by line, with a few lines around what differs.
///
/// @param lines none when the texts are the same, or too long
public record TextDifference(List<DifferentLine> lines, int added, int removed, boolean tooLong) {

  private static final int AROUND = 3;

  /// The time to compare grows with the lines times those that differ.
  private static final int MOST_LINES = 20_000;

  public static TextDifference of(String before, String after) {
    List<String> older = before.lines().toList();
    List<String> newer = after.lines().toList();
    return older.size() > MOST_LINES || newer.size() > MOST_LINES
        ? new TextDifference(List.of(), 0, 0, true)
        : new Comparing(older, newer).difference();
  }

  /// In words: `3 lines added, 1 removed`.
  public String sentence() {
    if (tooLong) {
      return "The scripts are too long to be compared here.";
    }
    return lines.isEmpty()
        ? "No difference."
        : "%,d line%s added, %,d removed.".formatted(added, added == 1 ? "" : "s", removed);
  }

  /// Used by one thread.
  private static final class Comparing {

    private final List<String> older;
    private final List<String> newer;
    private final List<DifferentLine> lines = new ArrayList<>();
    private int added;
    private int removed;
    private int olderDone;
    private int newerDone;

    Comparing(List<String> older, List<String> newer) {
      this.older = older;
      this.newer = newer;
    }

    TextDifference difference() {
      for (AbstractDelta<String> delta : DiffUtils.diff(older, newer).getDeltas()) {
        same(delta.getSource().getPosition() - olderDone, true);
        delta.getSource().getLines().forEach(this::remove);
        delta.getTarget().getLines().forEach(this::add);
      }
      if (!lines.isEmpty()) {
        same(older.size() - olderDone, false);
      }
      return new TextDifference(List.copyOf(lines), added, removed, false);
    }

    /// @param more whether something that differs follows
    private void same(int count, boolean more) {
      int head = lines.isEmpty() ? 0 : Math.min(AROUND, count);
      int tail = more ? Math.min(AROUND, count - head) : 0;
      for (int i = 0; i < count; i++) {
        boolean near = i < head || i >= count - tail;
        if (near || count - head - tail == 1) {
          line(Kind.SAME, olderDone + 1, newerDone + 1, older.get(olderDone));
        } else if (i == head) {
          line(Kind.LEFT_OUT, null, null, "%,d lines are the same".formatted(count - head - tail));
        }
        olderDone++;
        newerDone++;
      }
    }

    private void remove(String text) {
      removed++;
      olderDone++;
      line(Kind.REMOVED, olderDone, null, text);
    }

    private void add(String text) {
      added++;
      newerDone++;
      line(Kind.ADDED, null, newerDone, text);
    }

    private void line(Kind kind, @Nullable Integer before, @Nullable Integer after, String text) {
      lines.add(new DifferentLine(kind, before, after, text));
    }
  }
}
