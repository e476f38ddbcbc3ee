package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;

/// Values in statements.
final class Literal {

  private Literal() {}

  static String of(String value) {
    return "N'" + value.replace("'", "''") + "'";
  }

  /// A name where a procedure of the server takes it as a text: bracketed, then quoted.
  static String of(ObjectName name) {
    return of(name.toString());
  }

  /// A text that cannot end the comment which it stands in, nor begin another.
  static String inComment(String text) {
    return text.replace("*/", "* /").replace("/*", "/ *");
  }
}
