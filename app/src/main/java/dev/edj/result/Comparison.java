package dev.edj.result;

import dev.edj.execution.Counts;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which databases returned the same in a run, and how the others differ.
public record Comparison(UUID executionId, List<ComparedStep> steps) {

  /// What a step's children returned.
  ///
  /// @param children how all of them stand
  /// @param compared how many have a result
  /// @param withoutResult how many succeeded and have none
  /// @param groupCount how many different results there are
  /// @param groups the largest ones, the largest first
  public record ComparedStep(
      int stepId,
      String step,
      Counts children,
      long compared,
      long withoutResult,
      long groupCount,
      List<ComparedGroup> groups) {}

  /// Children with the same columns and rows, in whatever order these are.
  ///
  /// @param children the first of them, in the order of servers and databases
  /// @param rowCount of the whole result
  /// @param difference from the largest group; null of the largest one itself
  public record ComparedGroup(
      long size, List<ComparedChild> children, long rowCount, @Nullable Difference difference) {}

  public record ComparedChild(UUID executionId, String server, String database) {}

  /// How the result of a group differs from that of the largest one: "here" is this group, "there"
  /// the largest. Rows are compared by the columns that both have.
  ///
  /// @param columns by which rows were compared, and of which those below have values
  /// @param columnsOfOtherType names that both have, for columns of different types
  /// @param firstRowsOnly whether only the first rows were compared, because not all were kept or
  ///   there are too many
  public record Difference(
      List<String> columns,
      List<String> columnsOnlyHere,
      List<String> columnsOnlyThere,
      List<String> columnsOfOtherType,
      LoneRows onlyHere,
      LoneRows onlyThere,
      boolean firstRowsOnly) {}

  /// Rows that one side has more often than the other.
  ///
  /// @param first some of them, each value as text, of binary ones in base64, of long ones the
  ///   first 1,000 characters and `…`
  public record LoneRows(long count, List<List<@Nullable String>> first) {}
}
