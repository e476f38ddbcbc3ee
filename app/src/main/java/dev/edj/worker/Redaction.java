package dev.edj.worker;

import dev.edj.secrecy.Masked;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes secret values out of what is written down of an attempt: as they are, as they stand in a
/// string literal or a name with doubled quotes or brackets, in XML, and their pieces where a quote
/// or a blank ends a literal or a word, as servers quote them in syntax errors. Other parts of one
/// are not noticed.
///
/// @param hidden what is taken out, longest first
record Redaction(List<String> hidden) {

  static final Redaction NONE = new Redaction(List.of());

  private static final Pattern PIECES = Pattern.compile("[\\s'\"`\\\\;]+");

  /// A line of a value that is shorter stays; to take it out would leave nothing readable.
  static final int SHORTEST = 4;

  static Redaction of(List<String> secrets) {
    return new Redaction(
        secrets.stream()
            .flatMap(secret -> Stream.concat(Stream.of(secret), PIECES.splitAsStream(secret)))
            .flatMap(text -> Stream.of(text, text.replace("'", "''"), text.replace("\"", "\"\"")))
            .flatMap(text -> Stream.of(text, text.replace("]", "]]")))
            .flatMap(text -> Stream.of(text, inXml(text)))
            .filter(text -> text.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  private static String inXml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  boolean hidesNothing() {
    return hidden.isEmpty();
  }

  String redacted(String text) {
    String redacted = text;
    for (String secret : hidden) {
      redacted = redacted.replace(secret, Masked.MARK);
    }
    return redacted;
  }
}
