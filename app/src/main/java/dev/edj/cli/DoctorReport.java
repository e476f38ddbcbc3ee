package dev.edj.cli;

import dev.edj.doctor.Condition;
import dev.edj.doctor.Finding;
import java.util.List;

/// Everything that was found out about an installation.
record DoctorReport(long errors, long warnings, List<Finding> findings) {

  static DoctorReport of(List<Finding> findings) {
    return new DoctorReport(
        count(findings, Condition.ERROR),
        count(findings, Condition.WARNING),
        List.copyOf(findings));
  }

  private static long count(List<Finding> findings, Condition condition) {
    return findings.stream().filter(finding -> finding.is(condition)).count();
  }

  boolean isGood(boolean strict) {
    return errors == 0 && !(strict && warnings > 0);
  }

  void print(Output output) {
    if (output.isJson()) {
      output.json(Json.mapper().valueToTree(this));
      return;
    }
    int width = findings.stream().mapToInt(finding -> finding.check().length()).max().orElse(0);
    findings.forEach(finding -> print(finding, width, output));
    output.line("");
    output.line(
        "%s, %s; %d in order, %d skipped"
            .formatted(
                counted(errors, "error"),
                counted(warnings, "warning"),
                count(findings, Condition.OK),
                count(findings, Condition.SKIPPED)));
  }

  private static String counted(long number, String noun) {
    return number == 1 ? "1 " + noun : number + " " + noun + "s";
  }

  private static void print(Finding finding, int width, Output output) {
    String condition = "%-7s".formatted(finding.condition().text());
    String name = "  %-" + Math.max(1, width) + "s  ";
    output.line(
        style(finding.condition()).apply(condition, output.colours())
            + name.formatted(finding.check())
            + TextWidth.withoutControls(finding.message()));
    String advice = finding.advice();
    if (advice != null) {
      output.line(" ".repeat(width + 11) + "-> " + TextWidth.withoutControls(advice));
    }
  }

  private static Style style(Condition condition) {
    return switch (condition) {
      case OK -> Style.GOOD;
      case WARNING -> Style.CAUTION;
      case ERROR -> Style.BAD;
      case SKIPPED -> Style.FAINT;
    };
  }
}
