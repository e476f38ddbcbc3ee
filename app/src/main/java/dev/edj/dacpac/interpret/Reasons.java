package dev.edj.dacpac.interpret;

/// Why parts of elements are harmless or refused, where several elements share a reason.
final class Reasons {

  static final String DECLARED_INLINE =
      "says that a constraint or an index was written within the table, which makes no difference";
  static final String OF_THE_MOMENT =
      "says what the database had when the package was taken from it, such as the last identity value";
  static final String IN_THE_TEXT = "is said by the object's own text, which is deployed";
  static final String FOR_TOOLS = "is there for tools that ask what columns a text returns";
  static final String TEMPORAL = "temporal tables";
  static final String CLR = "code of the .NET runtime";
  static final String ENCRYPTED = "encrypted texts, which the server does not tell";

  private Reasons() {}
}
