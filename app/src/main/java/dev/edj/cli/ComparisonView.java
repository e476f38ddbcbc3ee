package dev.edj.cli;

import dev.edj.execution.Counts;
import dev.edj.result.Comparison;
import dev.edj.result.Comparison.ComparedChild;
import dev.edj.result.Comparison.ComparedGroup;
import dev.edj.result.Comparison.ComparedStep;
import dev.edj.result.Comparison.Difference;
import dev.edj.result.Comparison.LoneRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says which databases agree, and how the others differ.
record ComparisonView(Output output, Terminal terminal) {

  private static final String HERE = "+";
  private static final String THERE = "-";
  private static final int INDENT = 4;

  void print(Comparison comparison) {
    boolean several = comparison.steps().size() > 1;
    for (ComparedStep step : comparison.steps()) {
      if (several) {
        output.line(Style.STRONG.apply("Step '" + step.step() + "'", output.colours()));
      }
      print(step);
      if (several) {
        output.line("");
      }
    }
  }

  private void print(ComparedStep step) {
    output.line(summary(step));
    String others = others(step);
    if (!others.isEmpty()) {
      output.line(others);
    }
    for (ComparedGroup group : step.groups()) {
      if (group.difference() != null) {
        print(group, group.difference());
      }
    }
    long unnamed = step.groupCount() - step.groups().size();
    if (unnamed > 0) {
      output.line("");
      output.line("%s other results are not shown.".formatted(number(unnamed)));
    }
  }

  private static String summary(ComparedStep step) {
    if (step.compared() == 0) {
      return "No database has a result.";
    }
    ComparedGroup largest = step.groups().getFirst();
    String rows = "%s %s".formatted(number(largest.rowCount()), rows(largest.rowCount()));
    if (step.groupCount() == 1) {
      return step.compared() == 1
          ? "Only one database has a result, with %s.".formatted(rows)
          : "All %s agree, with %s.".formatted(number(step.compared()), rows);
    }
    return "%s of %s agree, with %s; %s differ:"
        .formatted(
            number(largest.size()),
            number(step.compared()),
            rows,
            number(step.compared() - largest.size()));
  }

  /// Those that cannot be compared.
  private static String others(ComparedStep step) {
    Counts children = step.children();
    List<String> others = new ArrayList<>();
    add(others, children.failed() + children.timedOut(), "failed");
    add(others, children.canceled(), "canceled");
    add(others, children.skipped(), "skipped");
    add(others, children.total() - children.ended(), "not ended");
    add(others, step.withoutResult(), "without a result");
    return others.isEmpty() ? "" : "Besides: " + String.join(", ", others) + ".";
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(number(count) + " " + what);
    }
  }

  private void print(ComparedGroup group, Difference difference) {
    output.line("");
    String heading = "%s: %s".formatted(number(group.size()), databases(group));
    output.line(Style.STRONG.apply(heading, output.colours()));
    columns("has columns that the others do not have", difference.columnsOnlyHere());
    columns("lacks the columns", difference.columnsOnlyThere());
    columns("has another type in the columns", difference.columnsOfOtherType());
    print(difference.columns(), difference.onlyHere(), HERE, "only here");
    print(difference.columns(), difference.onlyThere(), THERE, "only there");
    if (difference.onlyHere().count() == 0 && difference.onlyThere().count() == 0) {
      output.line("  The rows that were compared are the same.");
    }
    if (difference.firstRowsOnly()) {
      output.line("  Only the first rows were compared; those behind them may differ, too.");
    }
  }

  private static String databases(ComparedGroup group) {
    String named =
        group.children().stream().map(ComparisonView::place).collect(Collectors.joining(", "));
    long unnamed = group.size() - group.children().size();
    return unnamed == 0 ? named : "%s and %s more".formatted(named, number(unnamed));
  }

  private static String place(ComparedChild child) {
    return TextWidth.oneLine(child.server() + "/" + child.database());
  }

  private void columns(String what, List<String> names) {
    if (!names.isEmpty()) {
      output.line("  %s: %s".formatted(what, TextWidth.oneLine(String.join(", ", names))));
    }
  }

  private void print(List<String> columns, LoneRows lone, String sign, String where) {
    if (lone.count() == 0) {
      return;
    }
    output.line("  %s %s %s:".formatted(number(lone.count()), rows(lone.count()), where));
    List<String> headings = new ArrayList<>(List.of(""));
    columns.forEach(name -> headings.add(TextWidth.oneLine(name)));
    Table table = Table.of(headings.toArray(String[]::new));
    lone.first().forEach(row -> table.row(cells(sign, row)));
    int columnsLeft = Math.max(1, terminal.columns() - INDENT);
    output.line(table.render(output.colours(), columnsLeft).indent(INDENT).stripTrailing());
    long unshown = lone.count() - lone.first().size();
    if (unshown > 0) {
      output.line("  … and %s more".formatted(number(unshown)));
    }
  }

  private static @Nullable Object[] cells(String sign, List<@Nullable String> row) {
    List<Object> cells = new ArrayList<>(List.of(sign));
    row.forEach(value -> cells.add(Cell.of(value, "NULL")));
    return cells.toArray();
  }

  private static String rows(long count) {
    return count == 1 ? "row" : "rows";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
