package dev.edj.script;

import static dev.edj.script.ScriptException.Code.EMPTY_SCRIPT;
import static dev.edj.script.ScriptException.Code.INVALID_BATCH_COUNT;
import static dev.edj.script.ScriptException.Code.UNSUPPORTED_COMMAND;

import java.util.ArrayList;
import java.util.List;

/// Cuts a script into the batches that are sent one by one.
public final class ScriptSplitter {

  private final Source source;
  private final Definitions definitions = new Definitions();
  private final Syntax syntax;
  private final List<Batch> batches = new ArrayList<>();
  private BatchText pending;

  /// How many batches there were at the last `GO` line.
  private int batchesAtLastGo;

  private ScriptSplitter(Source source, ScriptDialect dialect) {
    this.source = source;
    this.syntax = dialect.syntax(definitions);
    this.pending = new BatchText(source, syntax);
  }

  /// At least one batch, variables not replaced. Takes time and memory in proportion to the script.
  public static SplitScript split(String script, ScriptDialect dialect) throws ScriptException {
    return new ScriptSplitter(Source.of(script), dialect).split();
  }

  private SplitScript split() throws ScriptException {
    var lexer = new Lexer(source, syntax);
    while (lexer.hasNext()) {
      switch (lexer.next()) {
        case Piece.Text text -> pending.add(text);
        case Piece.Comment comment -> pending.add(comment);
        case Piece.Go go -> endBatches(go);
        case Piece.Delimiter delimiter -> endBatch(1);
        case Piece.Command command -> {}
        case Piece.Include include -> throw included(include);
      }
    }
    endBatch(1);
    if (batches.isEmpty()) {
      throw new ScriptException(
          EMPTY_SCRIPT, Position.START, "there is no batch to run. Write at least one statement.");
    }
    return new SplitScript(batches);
  }

  /// A count belongs to what stands between two `GO` lines. Where another delimiter has cut that
  /// into several batches, it would run them each n times, not all of them n times in turn.
  private void endBatches(Piece.Go go) throws ScriptException {
    endBatch(1);
    int ended = batches.size() - batchesAtLastGo;
    if (ended > 1 && go.count() != 1) {
      throw source.error(
          INVALID_BATCH_COUNT,
          go.start(),
          """
          GO can repeat one batch, and there are %d since the last GO. Put GO lines \
          around the one that is to be repeated.\
          """
              .formatted(ended));
    }
    if (ended == 1) {
      batches.addLast(batches.removeLast().withCount(go.count()));
    }
    batchesAtLastGo = batches.size();
  }

  private void endBatch(int count) {
    if (pending.isSent()) {
      var values = definitions.of(pending.references());
      batches.add(pending.toBatch(batches.size() + 1, count, values));
    }
    pending = new BatchText(source, syntax);
  }

  private ScriptException included(Piece.Include include) {
    return source.error(
        UNSUPPORTED_COMMAND,
        include.start(),
        """
        a stored script cannot include the file %s. Put the file's text in place of \
        :r, or create the script from a file with the edj command, which does that.\
        """
            .formatted(include.name()));
  }
}
