package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.IndexOptions;
import dev.edj.dacpac.model.KeyColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What keys and indexes have in common.
final class IndexText {

  private IndexText() {}

  static String columns(List<KeyColumn> columns) {
    return columns.stream()
        .map(column -> ObjectName.quoted(column.name()) + (column.ascending() ? " ASC" : " DESC"))
        .collect(Collectors.joining(", "));
  }

  /// Those that are not the server's own; empty where all are.
  static String options(IndexOptions options) {
    List<String> written = new ArrayList<>();
    if (options.fillFactor() != 0) {
      written.add("FILLFACTOR = " + options.fillFactor());
    }
    if (options.padded()) {
      written.add("PAD_INDEX = ON");
    }
    if (!options.recomputeStatistics()) {
      written.add("STATISTICS_NORECOMPUTE = ON");
    }
    return written.isEmpty() ? "" : " WITH (%s)".formatted(String.join(", ", written));
  }
}
