package dev.edj.dacpac.tsql;

import java.util.List;

/// A place in the tokens of an expression that moves on as they are read.
final class TokenReader {

  private static final Token END = new Token(Token.Kind.SYMBOL, "");

  private final List<Token> tokens;
  private int at;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  Token next() throws UnreadableException {
    if (atEnd()) {
      throw new UnreadableException("ends too early");
    }
    return tokens.get(at++);
  }

  boolean skipWord(String keyword) {
    return skipIf(peek().isWord(keyword));
  }

  boolean skipSymbol(String symbol) {
    return skipIf(peek().isSymbol(symbol));
  }

  private boolean skipIf(boolean found) {
    if (found) {
      at++;
    }
    return found;
  }

  void expectWord(String keyword) throws UnreadableException {
    if (!skipWord(keyword)) {
      throw new UnreadableException("no " + keyword);
    }
  }

  void expectSymbol(String symbol) throws UnreadableException {
    if (!skipSymbol(symbol)) {
      throw new UnreadableException("no " + symbol);
    }
  }
}
