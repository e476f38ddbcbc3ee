package dev.edj.dacpac.file;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The name of something in a database, in parts: `[dbo].[Orders].[Id]`. A `]` in a part is doubled
/// where it is written.
///
/// @param parts at least one
public record ObjectName(List<String> parts) {

  public ObjectName {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a name has at least one part");
    }
    parts = List.copyOf(parts);
  }

  public static ObjectName of(String... parts) {
    return new ObjectName(List.of(parts));
  }

  /// Reads what [#toString] writes. A part without brackets, as in the names of permissions, ends
  /// at the next dot.
  ///
  /// @throws DacpacException when it is no name
  public static ObjectName parse(String text) throws DacpacException {
    List<String> parts = new ArrayList<>();
    int at = 0;
    do {
      StringBuilder part = new StringBuilder();
      at = text.startsWith("[", at) ? bracketed(text, at + 1, part) : bare(text, at, part);
      parts.add(part.toString());
    } while (at++ < text.length());
    return new ObjectName(parts);
  }

  /// Returns where the dot or the end is.
  private static int bracketed(String text, int from, StringBuilder part) throws DacpacException {
    int at = from;
    while (true) {
      int bracket = text.indexOf(']', at);
      if (bracket < 0) {
        throw malformed(text);
      }
      part.append(text, at, bracket);
      if (!text.startsWith("]]", bracket)) {
        at = bracket + 1;
        break;
      }
      part.append(']');
      at = bracket + 2;
    }
    if (at < text.length() && text.charAt(at) != '.') {
      throw malformed(text);
    }
    return at;
  }

  private static int bare(String text, int from, StringBuilder part) throws DacpacException {
    int dot = text.indexOf('.', from);
    int end = dot < 0 ? text.length() : dot;
    if (end == from) {
      throw malformed(text);
    }
    part.append(text, from, end);
    return end;
  }

  private static DacpacException malformed(String text) {
    return new DacpacException(
        DacpacException.Code.MALFORMED, "'%s' is not a name".formatted(Excerpt.of(text)));
  }

  public String last() {
    return parts.getLast();
  }

  /// The name of what it belongs to: of a column, its table's.
  ///
  /// @throws IllegalStateException when it belongs to nothing
  public ObjectName owner() {
    if (parts.size() == 1) {
      throw new IllegalStateException(this + " belongs to nothing");
    }
    return new ObjectName(parts.subList(0, parts.size() - 1));
  }

  public ObjectName child(String part) {
    List<String> longer = new ArrayList<>(parts);
    longer.add(part);
    return new ObjectName(longer);
  }

  /// As T-SQL writes it: each part in brackets.
  @Override
  public String toString() {
    return parts.stream().map(ObjectName::quoted).collect(Collectors.joining("."));
  }

  public static String quoted(String part) {
    return "[" + part.replace("]", "]]") + "]";
  }
}
