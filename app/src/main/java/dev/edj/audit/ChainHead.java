package dev.edj.audit;

import dev.edj.problem.EdjException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far the chain has come: the last link's number and hash. Whoever keeps it elsewhere knows
/// later that everything up to there is still what it was.
///
/// @param hash in hexadecimal
public record ChainHead(long number, String hash) {

  public static final ChainHead NONE = Link.NONE.head();

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

  /// What [#text] returns.
  ///
  /// @param field names the parameter in an [EdjException]
  public static ChainHead parse(String field, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw EdjException.invalid(
          field, "is not a head such as 1234:9f86d0… (a number, a colon, 64 hexadecimal digits)");
    }
    return new ChainHead(Long.parseLong(matcher.group(1)), matcher.group(2));
  }

  public String text() {
    return number + ":" + hash;
  }
}
