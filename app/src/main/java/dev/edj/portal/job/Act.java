package dev.edj.portal.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a button of a job's form does: `save`, or with the step that it stands beside `remove:1`.
record Act(String verb, int index) {

  private static final Pattern TEXT = Pattern.compile("([a-z-]{1,20})(?::([0-9]{1,3}))?");
  private static final Act SAVE = new Act("save", 0);

  /// What is unknown saves.
  static Act parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? new Act(
            matcher.group(1), matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)))
        : SAVE;
  }

  /// The form after it, when it is one that changes the form and nothing else.
  JobForm on(JobForm form) {
    boolean isStep = index < form.steps().size();
    return switch (verb) {
      case "add" -> form.withAnotherStep();
      case "add-parameter" -> form.withAnotherParameter();
      case "remove" -> isStep && form.steps().size() > 1 ? form.withoutStep(index) : form;
      case "up" -> isStep && index > 0 ? form.withStepMovedUp(index) : form;
      case "down" -> index + 1 < form.steps().size() ? form.withStepMovedUp(index + 1) : form;
      default -> form;
    };
  }

  /// Whether steps stand in other places afterwards.
  boolean moves() {
    return switch (verb) {
      case "remove", "up", "down" -> true;
      default -> false;
    };
  }

  boolean saves() {
    return switch (verb) {
      case "add", "add-parameter", "remove", "up", "down", "show", "find", "next" -> false;
      default -> true;
    };
  }

  boolean is(String other, int step) {
    return verb.equals(other) && index == step;
  }
}
