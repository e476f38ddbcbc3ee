package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.tsql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the type in a conversion, with the sizes that it has where none are written.
final class TypeReader {

  private static final Map<String, String> SYNONYMS =
      Map.of(
          "integer", "int",
          "dec", "decimal",
          "character", "char",
          "rowversion", "timestamp",
          "national char", "nchar",
          "national character", "nchar",
          "national text", "ntext",
          "double precision", "float");

  private static final Map<String, String> SIZES =
      Map.ofEntries(
          Map.entry("char", "30"),
          Map.entry("varchar", "30"),
          Map.entry("nchar", "30"),
          Map.entry("nvarchar", "30"),
          Map.entry("binary", "30"),
          Map.entry("varbinary", "30"),
          Map.entry("decimal", "18,0"),
          Map.entry("numeric", "18,0"),
          Map.entry("float", "53"),
          Map.entry("datetime2", "7"),
          Map.entry("datetimeoffset", "7"),
          Map.entry("time", "7"));

  private static final Set<String> WITH_SCALE = Set.of("decimal", "numeric");

  private static final Pattern FEW_DIGITS = Pattern.compile("[1-9]|1[0-9]|2[0-4]");

  private final TokenReader tokens;
  private final NameRule names;

  TypeReader(TokenReader tokens, NameRule names) {
    this.tokens = tokens;
    this.names = names;
  }

  Node read() throws UnreadableException {
    List<String> parts = new ArrayList<>();
    do {
      parts.add(part());
    } while (tokens.skipSymbol("."));
    if (parts.size() == 2 && parts.getFirst().equalsIgnoreCase("sys")) {
      parts.removeFirst();
    }
    return Node.leaf("type:" + (parts.size() == 1 ? oneWord(parts.getFirst()) : several(parts)));
  }

  /// A name, or words that are one together: `national character varying`.
  private String part() throws UnreadableException {
    Token first = tokens.next();
    if (first.isWord("NATIONAL") || first.isWord("DOUBLE")) {
      return varying(first.lowerCase() + " " + tokens.next().lowerCase());
    }
    if (!first.isName()) {
      throw new UnreadableException("no type");
    }
    return first.kind() == Kind.QUOTED_NAME ? first.name() : varying(first.name());
  }

  private String varying(String name) throws UnreadableException {
    String type = SYNONYMS.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    if (!tokens.skipWord("VARYING")) {
      return type;
    }
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "char" -> "varchar";
      case "nchar" -> "nvarchar";
      case "binary" -> "varbinary";
      default -> throw new UnreadableException("no type");
    };
  }

  private String oneWord(String name) throws UnreadableException {
    String folded = name.toLowerCase(Locale.ROOT);
    String type = TypeText.isKeyword(folded) ? folded : names.key(name);
    String sizes = sizes();
    if (sizes.isEmpty()) {
      sizes = SIZES.getOrDefault(type, "");
    } else if (WITH_SCALE.contains(type) && sizes.indexOf(',') < 0) {
      sizes += ",0";
    }
    return isReal(type, sizes)
        ? ObjectName.quoted("real") + "()"
        : "%s(%s)".formatted(ObjectName.quoted(type), sizes);
  }

  /// `float(24)` and less is `real`.
  private static boolean isReal(String type, String sizes) {
    return type.equals("float") && FEW_DIGITS.matcher(sizes).matches();
  }

  private String several(List<String> parts) {
    return new ObjectName(parts.stream().map(names::key).toList()).toString();
  }

  private String sizes() throws UnreadableException {
    if (!tokens.skipSymbol("(")) {
      return "";
    }
    List<String> sizes = new ArrayList<>();
    do {
      Token size = tokens.next();
      if (size.kind() != Kind.NUMBER && !size.isWord("MAX")) {
        throw new UnreadableException("no size");
      }
      sizes.add(size.lowerCase());
    } while (tokens.skipSymbol(","));
    tokens.expectSymbol(")");
    return String.join(",", sizes);
  }
}
