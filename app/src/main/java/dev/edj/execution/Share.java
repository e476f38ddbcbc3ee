package dev.edj.execution;

import dev.edj.problem.EdjException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of databases, or a share of all: `5` or `10%`.
public record Share(int number, boolean percent) {

  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})(%?)");
  private static final int WHOLE = 100;

  /// Reads a number or a share.
  ///
  /// @param field what to call it when it is wrong
  public static Share parse(String field, String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw EdjException.invalid(
          field,
          "'%s' is neither a number of databases, such as 5, nor a share, such as 10%%"
              .formatted(text));
    }
    Share share = new Share(Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty());
    if (share.percent && share.number > WHOLE) {
      throw EdjException.invalid(field, "'%s' is more than all".formatted(text));
    }
    return share;
  }

  /// How many databases it is of so many: at least one, and a broken number is rounded up.
  public int of(int databases) {
    return percent
        ? Math.toIntExact(Math.max(1, Math.ceilDiv((long) databases * number, WHOLE)))
        : number;
  }

  @Override
  public String toString() {
    return percent ? number + "%" : Integer.toString(number);
  }
}
