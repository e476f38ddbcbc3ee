package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.docs.Block;
import dev.edj.docs.Documentation;
import dev.edj.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What pages show of PowerShell is there in the module. That it can be read at all is seen by
/// `powershell/check`.
class PowerShellPagesTest {

  private static final Pattern CMDLET = Pattern.compile("\\b[A-Z][a-z]+-AzureSqlJob\\w*");
  private static final Pattern PARAMETER = Pattern.compile("(?<=\\s)-([A-Z]\\w*)");
  private static final Pattern ALIAS = Pattern.compile("\\[Alias\\('([\\w-]+)'\\)\\]");
  private static final Pattern TEXT = Pattern.compile("(?s)@'\\n.*?\\n'@|'[^']*'");
  private static final Pattern INNERMOST = Pattern.compile("\\(([^()]*)\\)");

  /// Parameters that PowerShell itself gives to every cmdlet.
  private static final Set<String> COMMON =
      Set.of(
          "Confirm", "Debug", "ErrorAction", "ErrorVariable", "Verbose", "WarningAction", "WhatIf");

  private final Map<String, Set<String>> parameters = parameters();

  /// Of each cmdlet, by all of its names.
  private static Map<String, Set<String>> parameters() {
    Map<String, Set<String>> all = new TreeMap<>();
    PowerShellModule.ofTheProject()
        .files("Public")
        .forEach((cmdlet, text) -> {
          Set<String> known = new TreeSet<>(PowerShellModule.parameters(text));
          Set<String> aliases = PowerShellModule.names(ALIAS, text);
          known.addAll(aliases);
          known.addAll(COMMON);
          all.put(cmdlet, known);
          aliases.stream()
              .filter(alias -> alias.contains("-"))
              .forEach(alias -> all.put(alias, known));
        });
    return all;
  }

  @Test
  void whatPagesShowOfCmdletsIsThere() throws IOException {
    List<String> wrong = new ArrayList<>();
    int commands = 0;
    for (Page page : Documentation.pages()) {
      for (String code : codes(page)) {
        for (String command : commands(code)) {
          commands++;
          unknown(command).forEach(unknown -> wrong.add(page.name() + ": " + unknown));
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(commands).isGreaterThan(60);
  }

  private static List<String> codes(Page page) {
    return Stream.concat(
            page.blocks().stream()
                .filter(block -> block.language().equals("powershell"))
                .map(block -> String.join("\n", block.text())),
            page.codeInSentences().stream())
        .toList();
  }

  /// Those of the module, each without what stands in brackets in it, which is a command of its
  /// own.
  private static List<String> commands(String code) {
    String rest = TEXT.matcher(code).replaceAll("''").replace("`\n", " ");
    List<String> parts = new ArrayList<>();
    Matcher bracket = INNERMOST.matcher(rest);
    while (bracket.find()) {
      parts.add(bracket.group(1));
      rest = rest.substring(0, bracket.start()) + "_" + rest.substring(bracket.end());
      bracket = INNERMOST.matcher(rest);
    }
    parts.add(rest);
    return parts.stream()
        .flatMap(part -> Stream.of(part.split("[|;{}\\n]")))
        .filter(part -> CMDLET.matcher(part).find())
        .toList();
  }

  private List<String> unknown(String command) {
    Matcher cmdlet = CMDLET.matcher(command);
    cmdlet.find();
    Set<String> known = parameters.get(cmdlet.group());
    if (known == null) {
      return List.of(cmdlet.group());
    }
    String before = command.substring(0, cmdlet.start()).strip();
    if (!before.isEmpty() && !before.endsWith("=")) {
      // Another cmdlet is told its name, such as Get-Help.
      return List.of();
    }
    return PARAMETER
        .matcher(command.substring(cmdlet.end()))
        .results()
        .map(parameter -> parameter.group(1))
        .filter(parameter -> !known.contains(parameter))
        .map(parameter -> cmdlet.group() + " -" + parameter)
        .toList();
  }

  @Test
  void everyPageWithScriptsIsReadByTheParser() throws IOException {
    String check = Files.readString(Documentation.ROOT.resolve("powershell/check/check.mjs"));

    assertThat(Documentation.pages())
        .filteredOn(
            page -> page.blocks().stream().map(Block::language).anyMatch("powershell"::equals))
        .isNotEmpty()
        .allMatch(page -> check.contains("'" + page.name() + "'"));
  }
}
