package dev.edj.target;

/// The names that servers and shard maps give to databases. Whoever makes a database, or writes
/// into a shard map, chooses one, and a name can be such that no row of the control database can
/// hold it and no screen should show it.
///
/// A database with such a name is neither left out nor the end of the others: it is there under a
/// name that resembles its own, on a server that cannot be dialled, and so fails by itself.
final class FoundNames {

  /// Why such a database fails.
  static final String PROBLEM =
      "the database's name is empty, has more than 128 characters, or control or unpaired characters";

  private static final int LONGEST = 128;
  private static final int UNREADABLE = '\uFFFD';

  private FoundNames() {}

  static boolean isUsable(String name) {
    return !name.isEmpty()
        && name.codePointCount(0, name.length()) <= LONGEST
        && name.codePoints().noneMatch(FoundNames::isForbidden);
  }

  /// Of a server, the databases whose names cannot be used. No server can have this as its name.
  static String unusableOn(String server) {
    return server + " (unusable names)";
  }

  /// The name itself where it can be used, else one that resembles it and can be stored.
  static String storable(String name) {
    boolean tooLong = name.codePointCount(0, name.length()) > LONGEST;
    String cut = tooLong ? name.substring(0, name.offsetByCodePoints(0, LONGEST)) + "…" : name;
    return cut.codePoints()
        .map(codePoint -> isForbidden(codePoint) ? UNREADABLE : codePoint)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isForbidden(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL || type == Character.SURROGATE;
  }
}
