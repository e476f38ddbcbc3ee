package dev.edj.schedule;

import dev.edj.problem.EdjException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// One of several names, in whatever case, with or without `-`, `_` or blanks between words.
final class Choice {

  private Choice() {}

  static <E extends Enum<E>> E named(String field, E[] choices, String text) {
    return Arrays.stream(choices)
        .filter(choice -> plain(choice.name()).equals(plain(text)))
        .findFirst()
        .orElseThrow(() ->
            EdjException.invalid(
                field,
                "'%s' is none of %s"
                    .formatted(
                        text,
                        Arrays.stream(choices).map(Enum::name).collect(Collectors.joining(", ")))));
  }

  private static String plain(String text) {
    return text.replaceAll("[-_\\s]", "").toLowerCase(Locale.ROOT);
  }
}
