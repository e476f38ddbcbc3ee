package dev.edj.audit;

import dev.edj.problem.EdjException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What was exported, without the control database it came from.
public final class ExportedChain {

  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"number\":(\\d{1,18}),\"previousHash\":\"([0-9a-f]{64})\",\"hash\":\"([0-9a-f]{64})\","
              + "\"event\":(.*)}");

  private ExportedChain() {}

  /// Goes along the lines as along the chain itself. Lines that begin in the middle are taken to go
  /// on from what they say they do, unless it is known better.
  ///
  /// @param field names what brought the lines, in an [EdjException] for those that are none
  /// @param after where they are to begin; null for where they do
  /// @param expected a head of before, which they must go through; null for none
  public static Verification verify(
      String field, InputStream in, @Nullable ChainHead after, @Nullable ChainHead expected)
      throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    Findings findings = null;
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw EdjException.invalid(
            field, "line %d is not one of an export: %s".formatted(number, beginning(line)));
      }
      Link link =
          new Link(Long.parseLong(parts.group(1)), 0, HexFormat.of().parseHex(parts.group(3)));
      if (findings == null) {
        ChainHead said = new ChainHead(link.number() - 1, parts.group(2));
        findings = new Findings(after == null ? said : after, expected);
      }
      String event = parts.group(4);
      findings.add(
          link,
          event.equals("null") ? null : event.getBytes(StandardCharsets.UTF_8),
          "line " + number);
    }
    return (findings == null ? new Findings(after, expected) : findings).verification(0);
  }

  private static String beginning(String line) {
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }
}
