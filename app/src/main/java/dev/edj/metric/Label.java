package dev.edj.metric;

import java.util.List;

/// What tells the series of one metric apart.
///
/// @param values all that there can be, or none where they are not known beforehand
/// @param bound how many there can be, in words, where that is not known beforehand
public record Label(String name, List<String> values, String bound) {

  /// All series of these are shown from the beginning, with zero: a first failure is then an
  /// increase, which one that comes out of nowhere is not.
  static Label of(String name, String... values) {
    return new Label(name, List.of(values), "");
  }

  static Label open(String name, String bound) {
    return new Label(name, List.of(), bound);
  }
}
