package dev.edj.problem;

/// The rule for the names people give: 1 to 128 characters of any script, no control characters, no
/// blanks at either end, and not a path's `.` or `..`.
public final class Names {

  public static final int MAXIMUM_LENGTH = 128;

  private Names() {}

  /// The name itself when it follows the rule; else an [EdjException] that names the field.
  public static String checked(String field, String name) {
    return checked(field, name, MAXIMUM_LENGTH);
  }

  public static String checked(String field, String name, int maximumLength) {
    if (name.isBlank()) {
      throw EdjException.invalid(field, "must not be empty");
    }
    int length = name.codePointCount(0, name.length());
    if (length > maximumLength) {
      throw EdjException.invalid(
          field, "has %d characters; at most %d are allowed".formatted(length, maximumLength));
    }
    if (!name.strip().equals(name)) {
      throw EdjException.invalid(field, "must not begin or end with a blank");
    }
    if (name.equals(".") || name.equals("..")) {
      throw EdjException.invalid(field, "must not be '" + name + "'");
    }
    if (name.codePoints().anyMatch(Names::isForbidden)) {
      throw EdjException.invalid(field, "must not hold control or unpaired characters");
    }
    return name;
  }

  private static boolean isForbidden(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL || type == Character.SURROGATE || type == Character.FORMAT;
  }
}
