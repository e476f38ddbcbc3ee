package dev.edj.cli;

import dev.edj.script.Batch;
import dev.edj.script.ScriptException;
import dev.edj.script.ScriptSplitter;
import dev.edj.script.SplitScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/// Shows the batches of a script as they would be sent, with the variables' values in place.
record SplitPreview(Output output) {

  void show(String script, SplitEngine engine, Map<String, String> variables)
      throws ScriptException {
    SplitScript split = ScriptSplitter.split(script, engine.dialect());
    List<SentBatch> batches = new ArrayList<>();
    for (Batch batch : split.batches()) {
      String text = dev.edj.script.Variables.prepare(batch, variables).text();
      batches.add(new SentBatch(batch.number(), batch.count(), batch.line(), text));
    }
    if (output.isJson()) {
      ArrayNode json = Json.mapper().valueToTree(batches);
      output.json(json);
    } else {
      output.line(table(batches).render(output.colours()));
    }
  }

  private static Table table(List<SentBatch> batches) {
    Table table = Table.of("BATCH", "TIMES", "LINE", "TEXT");
    batches.forEach(batch -> table.row(batch.number, batch.count, batch.line, batch.text));
    return table;
  }

  /// @param line of the script on which the batch starts
  private record SentBatch(int number, int count, int line, String text) {}
}
