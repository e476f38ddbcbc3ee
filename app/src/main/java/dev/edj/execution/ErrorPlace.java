package dev.edj.execution;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where in a script something failed, as messages say it.
///
/// @param batch its number
/// @param line of the script as the person wrote it
public record ErrorPlace(int batch, int line) {

  private static final Pattern FORM =
      Pattern.compile("(?m)^(?:[^:\\n]{0,200}, )?batch ([0-9]{1,9}), line ([0-9]{1,9}): ");

  /// The first place that a message names; nothing where it names none, as for a refused login.
  public static Optional<ErrorPlace> find(String message) {
    Matcher form = FORM.matcher(message);
    return form.find()
        ? Optional.of(
            new ErrorPlace(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))))
        : Optional.empty();
  }

  /// `batch 2, line 7`
  public String text() {
    return "batch %d, line %d".formatted(batch, line);
  }
}
