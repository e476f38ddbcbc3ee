package dev.edj.cli.manual;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The manual page of one command, for `man`: roff with the macros of man(7).
///
/// @param version of edj
/// @param date of that version, such as `2026-01-01`
public record ManualPage(CommandManual command, String version, String date) {

  private static final String SECTION = "1";

  /// `edj-job-create.1`.
  public String fileName() {
    return name(command) + "." + SECTION;
  }

  /// The page.
  ///
  /// @param exitCodes what a script can rely on, each a number and a meaning
  public String roff(List<CommandManual.Entry> exitCodes) {
    StringBuilder page = new StringBuilder();
    page.append(
        ".TH %s %s \"%s\" \"EDJ %s\" \"EDJ, Elastic Database Jobs\"\n"
            .formatted(
                escaped(name(command)).toUpperCase(Locale.ROOT), SECTION, date, escaped(version)));
    page.append(".SH NAME\n%s \\- %s\n".formatted(escaped(name(command)), summary(command)));
    page.append(".SH SYNOPSIS\n.B %s\n".formatted(escaped(command.synopsis())));
    page.append(".SH DESCRIPTION\n")
        .append(
            command.description().stream()
                .filter(line -> !line.isBlank())
                .map(ManualPage::text)
                .collect(Collectors.joining(".PP\n")));
    verbs(page);
    entries(page, "ARGUMENTS", command.arguments());
    entries(page, "OPTIONS", command.options());
    entries(page, "OPTIONS OF EVERY COMMAND", command.commonOptions());
    entries(page, "EXIT STATUS", exitCodes);
    examples(page);
    seeAlso(page);
    return page.toString();
  }

  private void verbs(StringBuilder page) {
    if (!command.verbs().isEmpty()) {
      page.append(".SH COMMANDS\n");
      command
          .verbs()
          .forEach(verb ->
              page.append(
                  ".TP\n.BR %s (%s)\n%s\n".formatted(escaped(name(verb)), SECTION, summary(verb))));
    }
  }

  private static void entries(
      StringBuilder page, String heading, List<CommandManual.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    page.append(".SH ").append(heading).append('\n');
    for (CommandManual.Entry entry : entries) {
      String names =
          entry.names().stream()
              .map(name -> "\\fB" + escaped(name) + "\\fR")
              .collect(Collectors.joining(", "));
      boolean argument = entry.names().equals(List.of(entry.value()));
      page.append(".TP\n").append(names);
      if (!argument && !entry.value().isEmpty()) {
        page.append(" \\fI").append(escaped(entry.value())).append("\\fR");
      }
      page.append('\n')
          .append(text(entry.description().isEmpty() ? "(no more to say)" : entry.description()));
    }
  }

  private void examples(StringBuilder page) {
    if (!command.examples().isEmpty()) {
      page.append(".SH EXAMPLES\n.EX\n");
      command.examples().forEach(line -> page.append(text(line)));
      page.append(".EE\n");
    }
  }

  private void seeAlso(StringBuilder page) {
    String above = name(command).replaceFirst("-[^-]+$", "");
    if (!above.equals(name(command))) {
      page.append(".SH SEE ALSO\n.BR edj (%s)\n".formatted(SECTION));
    }
  }

  private static String name(CommandManual command) {
    return command.name().replace(' ', '-');
  }

  private static String summary(CommandManual command) {
    String first =
        command.description().stream().filter(line -> !line.isBlank()).findFirst().orElse("");
    return escaped(first.replaceFirst("\\.$", ""));
  }

  /// Lines of text, none of which roff takes for a request.
  private static String text(String lines) {
    return lines
            .lines()
            .map(
                line -> (line.startsWith(".") || line.startsWith("'") ? "\\&" : "") + escaped(line))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\(rs")
        .replace("-", "\\-")
        .replace("~", "\\(ti")
        .replace("^", "\\(ha");
  }
}
