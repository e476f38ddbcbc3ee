package dev.edj.dacpac.tsql;

import java.util.regex.Pattern;

/// What T-SQL takes only as bare words, and what therefore cannot be quoted: collations and
/// permissions. Anything else in their place is refused.
final class Words {

  private static final Pattern COLLATION = Pattern.compile("\\w+");
  private static final Pattern PERMISSION = Pattern.compile("[A-Z]+( [A-Z]+)*");

  private Words() {}

  static String collation(String name) {
    return checked(COLLATION, name, "collation");
  }

  static String permission(String name) {
    return checked(PERMISSION, name, "permission");
  }

  private static String checked(Pattern pattern, String name, String what) {
    if (!pattern.matcher(name).matches()) {
      throw new IllegalArgumentException("'%s' is no %s".formatted(name, what));
    }
    return name;
  }
}
