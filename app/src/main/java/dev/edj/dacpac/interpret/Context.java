package dev.edj.dacpac.interpret;

import dev.edj.dacpac.file.Excerpt;
import dev.edj.dacpac.plan.PublishOptions;
import java.util.List;

/// What the reading of one element needs to know of the others.
///
/// @param leftAlone grows by what is not deployed because the options say so
record Context(
    Elements elements,
    Variables variables,
    Findings findings,
    PublishOptions options,
    List<String> leftAlone) {

  private static final int LONGEST = 400;

  /// @param what is not deployed, for people
  void leaveAlone(String what) {
    leftAlone.add(Excerpt.of(what, LONGEST));
  }
}
